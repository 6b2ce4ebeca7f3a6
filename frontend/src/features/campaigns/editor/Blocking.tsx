import type { FindingFieldsFragment } from '#gql/campaigns/graphql';
import { Alert, Anchor, List } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { groupsOf } from '../findings/group';
import { usePlaceWords } from '../findings/usePlaceWords';

/** Why a campaign cannot be sent yet, place by place, each with the way there. */
export function Blocking(props: {
  findings: readonly FindingFieldsFragment[];
  jump: (finding: FindingFieldsFragment) => void;
  /** Nobody is reached; undefined: somebody is, or it is not known yet. */
  toAudience: (() => void) | undefined;
}) {
  const { t } = useTranslation('campaigns');
  const placeWords = usePlaceWords();
  const places = groupsOf(props.findings.filter((finding) => finding.blocks)).flatMap((group) => group.places);
  if (places.length === 0 && !props.toAudience) return null;
  return (
    <Alert color="red" role="status" icon={<IconAlertOctagon aria-hidden />} title={t('review.blocked')}>
      <List size="sm" spacing="xs">
        {places.map((finding) => (
          <Reason key={`${finding.code} ${finding.place} ${finding.line} ${finding.excerpt}`} go={() => props.jump(finding)} where={placeWords(finding.place, finding.line)}>
            {finding.message}
          </Reason>
        ))}
        {props.toAudience && (
          <Reason go={props.toAudience} where={t('place.audience')}>
            {t('review.reachesNobody')}
          </Reason>
        )}
      </List>
    </Alert>
  );
}

function Reason(props: { children: string; where: string; go: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <List.Item>
      {props.children}{' '}
      <Anchor component="button" type="button" size="sm" underline="always" onClick={props.go}>
        {t('finding.jump', { place: props.where })}
      </Anchor>
    </List.Item>
  );
}
