import type { CampaignAudienceQuery } from '#gql/campaigns/graphql';
import { useReasonWords } from '#lib/reasons';
import { TextLink } from '#ui/links';
import { useTranslation } from 'react-i18next';
import { toolOf } from '../mallMail/tools';
import { ToolLink } from '../mallMail/ToolLink';
import classes from './CampaignEditor.module.css';

type Refused = NonNullable<CampaignAudienceQuery['campaign']>['audience']['refused'][number];

/** Who would get nothing, by reason: a reason opens its people and, of a draft, the other way to them where there is one. */
export function Refusals(props: { campaignId: string; rows: readonly Refused[]; people: (count: number) => string; isDraft: boolean }) {
  return props.rows.map((row) => {
    const tool = toolOf(row.reason);
    return (
      <div key={row.reason} className={classes.split}>
        <span>
          <ReasonLink reason={row.reason} />
          {tool && props.isDraft && (
            <span className={classes.way}>
              <ToolLink campaignId={props.campaignId} tool={tool} />
            </span>
          )}
        </span>
        <span>{props.people(row.count)}</span>
      </div>
    );
  });
}

/** Codes are dealt out in the end, one after the other: who will miss out is not known before. */
const nobodyYet = 'NO_CODE_LEFT';

/** A reason in words, which opens the people behind it. */
export function ReasonLink(props: { reason: string }) {
  const { t } = useTranslation('campaigns');
  const { reason } = useReasonWords();
  const words = reason(props.reason);
  if (props.reason === nobodyYet) return words;
  return (
    <TextLink
      from="/campaigns/$campaignId"
      to="/campaigns/$campaignId"
      search={(was) => ({ ...was, refused: props.reason })}
      resetScroll={false}
      size="sm"
      aria-label={t('refused.open', { reason: words })}
    >
      {words}
    </TextLink>
  );
}
