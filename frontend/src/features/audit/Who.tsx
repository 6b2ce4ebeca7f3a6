import type { AuditEntryFieldsFragment } from '#gql/audit/graphql';
import { alertsUrl } from '#features/alerts/urls';
import { apiUrl } from '#features/api-clients/urls';
import { webhooksUrl } from '#features/webhooks/urls';
import { brandUrl } from '#features/brand/urls';
import { campaignUrl } from '#features/campaigns/urls';
import { customerUrl } from '#features/customers/urls';
import { importUrl, importsUrl } from '#features/imports/urls';
import { netSalesUrl } from '#features/net-sales/urls';
import { offersUrl } from '#features/offers/urls';
import { productsUrl } from '#features/products/urls';
import { segmentUrl } from '#features/segments/urls';
import { sendingUrl } from '#features/sending/urls';
import { shopsUrl } from '#features/shops/urls';
import { staffUrl } from '#features/staff/urls';
import { stagesUrl } from '#features/stages/urls';
import { tasksUrl } from '#features/tasks/urls';
import { TextLink } from '#ui/links';
import { Text } from '@mantine/core';
import { linkOptions, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Who acted: a colleague or a client by name, or what else it was. */
export function Actor(props: { entry: Pick<AuditEntryFieldsFragment, 'actor' | 'client' | 'actorKind'> }) {
  const { t } = useTranslation('audit');
  const { actor, client, actorKind } = props.entry;
  const named = actor ?? client;
  if (named) {
    return (
      <Text span inherit lineClamp={3} title={named.name}>
        {named.name}
      </Text>
    );
  }
  return (
    <Text span size="sm" c="dimmed">
      {t(`actor.${actorKind}`)}
    </Text>
  );
}

/** What was acted on, with the way there where it has a page. */
export function Subject(props: { entry: AuditEntryFieldsFragment }) {
  const { objectKindLabel, objectName } = props.entry;
  const link = linkOf(props.entry);
  return (
    <div>
      {objectName && (
        <Text size="xs" c="dimmed">
          {objectKindLabel}
        </Text>
      )}
      {link ? (
        <TextLink {...(link as { to: '/' })} size="sm" lineClamp={3} title={objectName ?? undefined}>
          {objectName ?? objectKindLabel}
        </TextLink>
      ) : (
        <Text span inherit lineClamp={3} title={objectName ?? undefined}>
          {objectName ?? objectKindLabel}
        </Text>
      )}
    </div>
  );
}

/** Where a kind of object is shown; undefined for what has no page. */
function linkOf(entry: Pick<AuditEntryFieldsFragment, 'objectKind' | 'objectId' | 'objectName'>): LinkProps | undefined {
  const { objectKind, objectId, objectName } = entry;
  const place = settings[objectKind];
  if (place) return place() as LinkProps;
  // What has no name any more is gone.
  if (!objectId || !objectName) return undefined;
  return objects[objectKind]?.(objectId) as LinkProps | undefined;
}

const settings: Record<string, () => unknown> = {
  Alert: () => alertsUrl(),
  ApiClient: apiUrl,
  BrandSettings: brandUrl,
  FeeRate: () => linkOptions({ to: '/settings/fees' }),
  ImportMapping: importsUrl,
  MallEvent: () => linkOptions({ to: '/campaigns', search: { view: 'calendar' } }),
  PaceSettings: () => linkOptions({ to: '/settings/pace' }),
  PolicyRule: () => linkOptions({ to: '/policy' }),
  Product: () => productsUrl(),
  ProfitSettings: () => netSalesUrl(),
  Suppression: sendingUrl,
  TokenIssuer: apiUrl,
  WebhookEndpoint: () => webhooksUrl(),
  WriteKey: () => linkOptions({ to: '/settings/tags' }),
  PointSettings: stagesUrl,
  StageLadder: stagesUrl,
  SenderSettings: brandUrl,
  SenderDomain: sendingUrl,
  Staff: staffUrl,
  StaffInvite: staffUrl,
};

const objects: Record<string, (id: string) => unknown> = {
  Campaign: (id) => campaignUrl(id),
  Customer: (id) => customerUrl(id),
  Import: importUrl,
  Offer: offersUrl,
  Segment: segmentUrl,
  Shop: shopsUrl,
  Task: (id) => tasksUrl(id),
};
