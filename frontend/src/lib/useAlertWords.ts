import { useTranslation } from 'react-i18next';
import { useFormat } from './FormatContext';

/** What is told of an alert; the figures are those of its kind. */
interface Told {
  kind:
    | 'IMPORT_FAILED'
    | 'QUARANTINE_WAITING'
    | 'BOUNCE_JUMP'
    | 'CODES_LOW'
    | 'SCHEDULE_MISSED'
    | 'SCHEDULE_BLOCKED'
    | 'LEDGER_BROKEN'
    | 'SENDER_KEY'
    | 'SENDER_DNS'
    | 'CONNECTION_EXPIRING'
    | 'CONNECTION_TROUBLED'
    | 'WATCHED_FOLDER'
    | 'WEBHOOK_FAILING'
    | 'REFERRALS_FLAGGED';
  subjectName: string;
  figures: unknown;
}

const basisPoints = 10_000;

/** Says in words what an alert is about, in a line and in a sentence. The words of alerts must be loaded. */
export function useAlertWords(): (alert: Told) => { title: string; body: string } {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  return ({ kind, subjectName: name, figures }) => {
    const raw = (figures ?? {}) as Record<string, unknown>;
    const value = (key: string) => (typeof raw[key] === 'number' ? raw[key] : 0);
    const written = (key: string) => format.number(value(key));
    switch (kind) {
      case 'IMPORT_FAILED':
        return { title: t(raw.undo ? `kind.${kind}.undo` : `kind.${kind}.title`, { name }), body: t(`kind.${kind}.body`) };
      case 'QUARANTINE_WAITING':
        return { title: t(`kind.${kind}.title`, { name }), body: t(`kind.${kind}.body`, { count: value('rows'), rows: written('rows'), days: written('days') }) };
      case 'BOUNCE_JUMP':
        return {
          title: t(`kind.${kind}.title`),
          body: t(`kind.${kind}.body`, {
            hours: written('hours'),
            sent: written('sent'),
            bounced: written('bounced'),
            complained: written('complained'),
            rate: format.share(value('bounced') / value('sent')),
            usual: format.share(value('usual') / basisPoints),
          }),
        };
      case 'CODES_LOW': {
        const campaigns = Array.isArray(raw.campaigns) ? raw.campaigns.map(String) : [];
        const codes = {
          name,
          left: written('left'),
          total: written('total'),
          needed: written('needed'),
          campaigns: format.list(campaigns.map((campaign) => t('quoted', { name: campaign }))),
          more: written('moreCampaigns'),
        };
        const told = t(value('needed') > value('left') ? `kind.${kind}.needed` : `kind.${kind}.body`, codes);
        const usedBy = t(value('moreCampaigns') > 0 ? `kind.${kind}.usedByMore` : `kind.${kind}.usedBy`, codes);
        return {
          title: t(value('left') === 0 ? `kind.${kind}.none` : value('needed') > value('left') ? `kind.${kind}.short` : `kind.${kind}.title`, codes),
          body: campaigns.length > 0 ? t('both', { first: told, second: usedBy }) : told,
        };
      }
      case 'LEDGER_BROKEN':
        return { title: t(`kind.${kind}.title`), body: t(`kind.${kind}.body`, { discrepancies: written('discrepancies') }) };
      case 'SENDER_DNS':
        return { title: t(`kind.${kind}.title`, { name }), body: t(`kind.${kind}.body`, { records: written('records') }) };
      case 'CONNECTION_EXPIRING':
        return {
          title: t(raw.expired ? `kind.${kind}.expired` : `kind.${kind}.title`, { name }),
          body: t(raw.expired ? `kind.${kind}.expiredBody` : `kind.${kind}.body`, { days: written('days') }),
        };
      case 'WATCHED_FOLDER':
        return {
          title: t(raw.code ? `kind.${kind}.trouble` : `kind.${kind}.title`, { name, files: written('files') }),
          body: t(raw.code ? `kind.${kind}.troubleBody` : `kind.${kind}.body`),
        };
      case 'WEBHOOK_FAILING':
        return { title: t(raw.gone ? `kind.${kind}.gone` : `kind.${kind}.title`, { name }), body: t(raw.gone ? `kind.${kind}.goneBody` : `kind.${kind}.body`) };
      case 'REFERRALS_FLAGGED':
        return {
          title: t(`kind.${kind}.title`, { count: value('referrals'), referrals: written('referrals') }),
          body: t(value('days') > 0 ? `kind.${kind}.waiting` : `kind.${kind}.body`, { count: value('days'), days: written('days') }),
        };
      case 'CONNECTION_TROUBLED':
      case 'SCHEDULE_MISSED':
      case 'SCHEDULE_BLOCKED':
      case 'SENDER_KEY':
        return { title: t(`kind.${kind}.title`, { name }), body: t(`kind.${kind}.body`) };
    }
  };
}
