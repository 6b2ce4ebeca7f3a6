import type { CampaignAudienceQuery } from '#gql/campaigns/graphql';
import { importsUrl } from '#features/imports/urls';
import { offersUrl } from '#features/offers/urls';
import { segmentsUrl } from '#features/segments/urls';
import { useReasonWords } from '#lib/reasons';
import { TextLink } from '#ui/links';
import { Alert, List } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { toolOf } from '../mallMail/tools';
import { ToolLink } from '../mallMail/ToolLink';
import { ReasonLink } from './Refusals';
import type { LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

type Audience = NonNullable<CampaignAudienceQuery['campaign']>['audience'];

/** Why a campaign reaches nobody, cause by cause, each with what to do. */
export function Nobody(props: { campaignId: string; audience: Audience; people: (count: number) => string; isDraft: boolean }) {
  const { t } = useTranslation('campaigns');
  const { remedy } = useReasonWords();
  const { audience, people } = props;
  return (
    <Alert color="yellow" mt="sm" icon={<IconUserOff aria-hidden />} title={t('nobody.title')}>
      {audience.total === 0 && (
        <>
          {t('nobody.empty')} <Way link={segmentsUrl()} words={t('nobody.toSegments')} />
        </>
      )}
      <List size="sm" spacing="xs">
        {audience.refused.map((row) => (
          <List.Item key={row.reason}>
            <ReasonLink reason={row.reason} /> {t('nobody.because', { people: people(row.count), remedy: remedy(row.reason) })}{' '}
            <OtherWay {...props} reason={row.reason} />
            {causes.importing.includes(row.reason) && <Way link={importsUrl()} words={t('nobody.toImports')} />}
            {causes.codes.includes(row.reason) && <Way link={offersUrl()} words={t('way.offers')} />}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** The mall's own mail tool, where it reaches whom a mail may not. */
function OtherWay(props: { campaignId: string; reason: string; isDraft: boolean }) {
  const tool = toolOf(props.reason);
  return tool && props.isDraft ? <ToolLink campaignId={props.campaignId} tool={tool} size="sm" /> : null;
}

/** What is mended by a file of customers with their consent or address, and what by codes. */
const causes = { importing: ['LAW-01', 'RK-07', 'RK-08', 'YH-02', 'AM-02', 'NO_ADDRESS'], codes: ['NO_CODE_LEFT'] };

function Way(props: { link: LinkProps; words: string }) {
  return (
    <TextLink {...props.link} size="sm" underline="always">
      {props.words}
    </TextLink>
  );
}
