import type { ImportFieldsFragment } from '#gql/imports/graphql';
import type { useTranslation } from 'react-i18next';

/** What kind of file it is, in words; of one read by a mapping, the mapping's name. */
export const formatWords = (t: ReturnType<typeof useTranslation<'imports'>>['t'], row: Pick<ImportFieldsFragment, 'format' | 'mapping'>): string =>
  row.format === 'MAPPING' && row.mapping ? t('format.mappingOf', { name: row.mapping }) : t(`format.${row.format}`);
