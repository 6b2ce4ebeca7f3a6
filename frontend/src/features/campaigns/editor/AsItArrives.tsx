import { CampaignRenderPreviewDocument, type CampaignVariantInput } from '#gql/campaigns/graphql';
import { Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

/** Subject, sender and offer of a variant as an example person would see them. */
export function AsItArrives(props: { variant: CampaignVariantInput; senderName: string; offer: string | undefined }) {
  const { t, i18n } = useTranslation('campaigns');
  const { variant } = props;
  const [{ data, fetching }] = useQuery({
    query: CampaignRenderPreviewDocument,
    variables: {
      locale: i18n.language,
      input: {
        mall: variant.mall,
        subject: variant.subject ?? '',
        mjml: variant.mjml ?? '',
        textBody: variant.textBody ?? '',
        offerId: variant.offerId ?? null,
        senderName: props.senderName,
        customerId: null,
      },
    },
    pause: !variant.mjml,
  });
  if (fetching && !data) return <Skeleton height="2.5rem" />;
  const mail = data?.renderPreview;
  return (
    <>
      <div>{mail?.subject || variant.subject || t('preview.noSubject')}</div>
      <Text size="xs" c="dimmed">
        {mail?.from}
      </Text>
      <Text size="xs" c="dimmed">
        {t('content.offer')}: {props.offer ?? t('preview.noOffer')}
      </Text>
    </>
  );
}
