import { useTranslation } from 'react-i18next';

/** A scope in words. */
export function ScopeName(props: { scope: string }) {
  const { t } = useTranslation('api-clients');
  return <span>{t(`scope.${props.scope.replace(':', '_')}` as 'scope.node_read')}</span>;
}
