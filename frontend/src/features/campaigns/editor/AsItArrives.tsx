import { CampaignRenderPreviewDocument, type CampaignVariantInput } from '#gql/campaigns/graphql';
import { Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

// Only the subject is shown, whether or not the body can be read yet.
const anyBody = '<mjml><mj-body><mj-section><mj-column><mj-text>–</mj-text></mj-column></mj-section></mj-body></mjml>';

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
        mjml: anyBody,
        offerId: variant.offerId ?? null,
        senderName: props.senderName,
        customerId: null,
      },
    },
  });
  if (fetching && !data) return <Skeleton height="2.5rem" />;
  const mail = data?.renderPreview;
  return (
    <>
      <div>{mail?.subject || t('preview.noSubject')}</div>
      <Text size="xs" c="dimmed">
        {mail?.from}
      </Text>
      <Text size="xs" c="dimmed">
        {t('content.offer')}: {props.offer ?? t('preview.noOffer')}
      </Text>
    </>
  );
}
