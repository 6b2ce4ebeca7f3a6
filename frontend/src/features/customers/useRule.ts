import { CustomerRuleDocument } from '#gql/customers/graphql';
import { useScope } from '#lib/viewer';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

/** A rule in the address: its sentence, or why it cannot be read. */
export function useRule(rule: unknown): { sentence?: string; broken?: string } {
  const { t, i18n } = useTranslation('customers');
  const mayRead = useScope('segments:read');
  const written = rule !== undefined;
  const tree = typeof rule === 'object' && rule !== null && !Array.isArray(rule);
  const [{ data }] = useQuery({
    query: CustomerRuleDocument,
    variables: { rule, locale: i18n.language },
    pause: !tree || !mayRead,
  });
  if (!written) return {};
  if (!tree) return { broken: t('rule.unreadable') };
  if (!mayRead) return { sentence: t('rule.unnamed') };
  const wrong = data?.segmentPreview.errors[0];
  if (wrong) return { broken: wrong.path ? t('rule.wrongAt', { path: wrong.path, code: wrong.code }) : t('rule.wrong', { code: wrong.code }) };
  return { sentence: data?.segmentPreview.sentence ?? '…' };
}
