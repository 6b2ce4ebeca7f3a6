import type { CustomerConsentFieldsFragment } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { SideDrawer } from '#ui/SideDrawer';
import { useTranslation } from 'react-i18next';
import classes from './evidence.module.css';

/** What proves one word of consent: who, when, how, and which words were read. */
export function ConsentEvidence(props: { consent: CustomerConsentFieldsFragment; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { consent } = props;
  const proof = consent.evidence;
  const at = (instant?: string | null) => instant && format.dateTime(instant);
  const lines: [string, string | null | undefined][] = [
    [t('evidence.state'), t('consents.line', { channel: t(`channel.${consent.channel}`), state: t(`consentState.${consent.state}`) })],
    [t('evidence.wording'), consent.wording],
    [t('evidence.shop'), consent.originShop.name],
    [t('evidence.method'), t(`consentMethod.${consent.method}`)],
    [t('evidence.occurredAt'), at(consent.occurredAt)],
    [t('evidence.recordedAt'), at(consent.recordedAt)],
    [t('evidence.recordedBy'), consent.recordedBy?.name],
    [t('evidence.version'), proof?.formVersion ? t('evidence.versionValue', { version: proof.formVersion }) : null],
    [t('evidence.locale'), proof?.locale === 'en' ? 'English' : proof?.locale ? '日本語' : null],
    [t('evidence.sentAt'), at(proof?.sentAt)],
    [t('evidence.sentFrom'), proof?.sentFrom],
    [t('evidence.confirmedAt'), at(proof?.confirmedAt)],
    [t('evidence.confirmedFrom'), proof?.confirmedFrom],
    [t('evidence.reason'), reasonWords(proof?.reason)],
    [t('evidence.source'), proof?.source],
    [t('evidence.reference'), proof?.reference],
    [t('evidence.importLine'), proof?.importLine ? format.number(proof.importLine) : null],
  ];
  function reasonWords(reason?: string | null) {
    return isReason(reason) ? t(`evidence.reasons.${reason}`) : reason;
  }
  return (
    <SideDrawer size="md" onClose={props.onClose} title={t('evidence.title')}>
      <dl className={classes.evidence}>
        {lines.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </SideDrawer>
  );
}

const reasons = ['TOO_MANY', 'NOT_RELEVANT', 'NEVER_ASKED', 'NOT_CUSTOMER', 'OTHER'] as const;
const isReason = (reason?: string | null): reason is (typeof reasons)[number] =>
  (reasons as readonly (string | null | undefined)[]).includes(reason);
