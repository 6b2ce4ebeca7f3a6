import type { FindingFieldsFragment } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { MallDot } from '#ui/MallDot';
import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Findings.module.css';
import { groupsOf, type Group as FindingGroup, placeKey } from './group';
import { Lifted, LiftDialog } from './LiftDialog';
import { usePlaceWords } from './usePlaceWords';
import { WayOut } from './WayOut';

const icons = { BLOCK: IconAlertOctagon, WARN: IconAlertTriangle, INFO: IconInfoCircle };

/** Findings one below the other: how grave, what, where, why, and the remedy. */
export function FindingList(props: {
  findings: readonly FindingFieldsFragment[];
  /** Goes to the place; without it places are only named. */
  jump?: (finding: FindingFieldsFragment) => void;
  /** The campaign for whose content a rule can be lifted. */
  campaignId?: string;
  /** What else is to be said of a rule's findings. */
  note?: (finding: FindingFieldsFragment) => string | undefined;
}) {
  return (
    <div>
      {groupsOf(props.findings).map((group) => (
        <OneRule key={group.key} {...props} group={group} />
      ))}
    </div>
  );
}

const shownPlaces = 3;

function OneRule(props: {
  group: FindingGroup;
  jump?: (finding: FindingFieldsFragment) => void;
  campaignId?: string;
  note?: (finding: FindingFieldsFragment) => string | undefined;
}) {
  const { t } = useTranslation('campaigns');
  const note = props.note?.(props.group.first);
  const { first, places } = props.group;
  const [all, setAll] = useState(false);
  const Icon = first.lifted ? IconCircleCheck : icons[first.severity];
  return (
    <div className={classes.finding}>
      <Icon
        size="1.125rem"
        className={first.lifted ? classes.INFO : classes[first.severity]}
        aria-label={first.lifted ? t('exception.given') : t(`severity.${first.severity}`)}
      />
      <div className={classes.body}>
        {first.ruleVersion && (
          <Group gap="xs" mb={2}>
            <Badge variant="default" radius="sm" className={classes.code}>
              {first.code}
            </Badge>
            {first.origins.map((mall) => (
              <Text key={mall} size="xs" span>
                <MallDot mall={mall} />
              </Text>
            ))}
          </Group>
        )}
        {note && (
          <Text size="xs" fw={700}>
            {note}
          </Text>
        )}
        <Text size="sm">{first.message}</Text>
        <Text size="xs">
          {first.remedy} <WayOut code={first.code} />
        </Text>
        <ul className={classes.places}>
          {places.slice(0, all ? undefined : shownPlaces).map((place) => (
            <Place key={placeKey(place)} finding={place} jump={props.jump} />
          ))}
        </ul>
        {places.length > shownPlaces && !all && (
          <Anchor component="button" type="button" size="xs" onClick={() => setAll(true)}>
            {t('finding.more', { count: places.length - shownPlaces })}
          </Anchor>
        )}
        <Grounds finding={first} />
        {first.lifted && <Lifted override={first.lifted} />}
        {props.campaignId && <Lift finding={first} campaignId={props.campaignId} />}
      </div>
    </div>
  );
}

function Place(props: { finding: FindingFieldsFragment; jump?: (finding: FindingFieldsFragment) => void }) {
  const { t } = useTranslation('campaigns');
  const words = usePlaceWords();
  const { finding, jump } = props;
  const where = words(finding.place, finding.line);
  return (
    <li>
      {finding.excerpt && <span className={classes.excerpt}>{finding.excerpt}</span>}
      {jump ? (
        <Anchor component="button" type="button" size="xs" onClick={() => jump(finding)}>
          {t('finding.jump', { place: where })}
        </Anchor>
      ) : (
        <Text size="xs" span>
          {where}
        </Text>
      )}
    </li>
  );
}

/** What the rule rests on and how sure that is. */
function Grounds(props: { finding: FindingFieldsFragment }) {
  const { t } = useTranslation('campaigns');
  const { finding } = props;
  if (!finding.ruleVersion) return null;
  const certainty = finding.certainty as 'VH' | 'H' | 'M' | 'L';
  return (
    <details className={classes.grounds}>
      <summary>{t('finding.grounds')}</summary>
      <Text size="xs">{t('finding.certainty', { certainty: t(`certainty.${certainty}`), version: finding.ruleVersion })}</Text>
      <ul>
        {finding.sources.map((source) => (
          <li key={source}>
            {source.startsWith('https://') ? (
              <Anchor href={source} target="_blank" rel="noreferrer" size="xs">
                {source.replace('https://', '')}
              </Anchor>
            ) : (
              <Text size="xs" span>
                {source}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Lift(props: { finding: FindingFieldsFragment; campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const { finding } = props;
  const may = useScope('policy:override');
  const [asked, setAsked] = useState(false);
  if (!finding.ruleVersion || finding.severity !== 'BLOCK' || finding.lifted || finding.code === 'LAW-02') return null;
  if (finding.override === 'NONE') {
    return (
      <Text size="xs">{t('exception.never')}</Text>
    );
  }
  if (!may) {
    return (
      <Text size="xs">{t('exception.byManager')}</Text>
    );
  }
  return (
    <>
      <Button size="compact-xs" variant="default" mt="xs" onClick={() => setAsked(true)}>
        {t('exception.open')}
      </Button>
      {asked && <LiftDialog finding={finding} campaignId={props.campaignId} onClose={() => setAsked(false)} />}
    </>
  );
}
