import { MallMailsDocument } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { TextLink } from '#ui/links';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { campaignUrl, type Tool } from '../urls';

/** From anywhere in a draft to what staff will send with a mall's own mail tool: to write it, or to read it. */
export function ToolLink(props: { campaignId: string; tool: Tool; size?: 'xs' | 'sm' }) {
  const { t } = useTranslation('campaigns');
  const mayWrite = useScope('campaigns:write');
  const [{ data }] = useQuery({ query: MallMailsDocument, variables: { id: props.campaignId }, context });
  const mails = data?.campaign?.mallMails;
  if (!mails) return null;
  const made = mails.some((mail) => mail.mall === props.tool);
  if (!made && !mayWrite) return null;
  const { params, to } = campaignUrl(props.campaignId);
  return (
    <TextLink to={to} params={params} search={{ step: 'content', tool: props.tool }} size={props.size ?? 'xs'} underline="always">
      {t(made ? 'mallMail.open' : 'mallMail.write', { tool: t(`mallMail.short.${props.tool}`) })}
    </TextLink>
  );
}

const context = { additionalTypenames: ['MallMail'] };
