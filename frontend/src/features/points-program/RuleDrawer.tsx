import { PointsProgramVersionsDocument } from '#gql/points-program/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { SideDrawer } from '#ui/SideDrawer';
import { Badge, Button, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { draftFrom } from './draft';
import type { Rule } from './PointsProgramPage';
import { colors } from './RuleList';
import { type Names, useSentence } from './useSentence';

/** One rule: what it says, what it gave, and what it said before. */
export function RuleDrawer(props: { rule: Rule; names: Names; onEdit: () => void; onClose: () => void }) {
  const { rule } = props;
  const { t } = useTranslation('points-program');
  const format = useFormat();
  const mayWrite = useScope('settings:write');
  const sentence = useSentence(props.names);
  return (
    <SideDrawer title={rule.name} onClose={props.onClose}>
      <Stack gap="lg">
        <Group justify="space-between">
          <Badge variant="light" color={colors[rule.status]}>
            {t(`status.${rule.status}`)}
          </Badge>
          {mayWrite && (
            <Button variant="default" onClick={props.onEdit}>
              {t('rules.edit')}
            </Button>
          )}
        </Group>
        <div>
          <Text>{sentence(draftFrom(rule))}</Text>
          <Text size="sm" c="dimmed" mt="xs">
            {t('rules.given', { points: format.points(rule.given.points), people: format.people(rule.given.people) })}
          </Text>
        </div>
        <Versions rule={rule} names={props.names} />
      </Stack>
    </SideDrawer>
  );
}

function Versions(props: { rule: Rule; names: Names }) {
  const { t } = useTranslation('points-program');
  const format = useFormat();
  const sentence = useSentence(props.names);
  const { id, version } = props.rule;
  // A saved rule has a version more: what is kept from before does not have it.
  const [{ data, stale }] = useQuery({ query: PointsProgramVersionsDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const versions = data?.earnRule?.versions;
  return (
    <section aria-labelledby="rule-versions">
      <Title order={3} id="rule-versions">
        {t('rules.versions', { count: version })}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('rules.versionsBody')}
      </Text>
      {!versions ? (
        <Skeleton height="6rem" />
      ) : (
        <List listStyleType="none" spacing="sm" aria-busy={stale}>
          {versions.map((each) => (
            <List.Item key={each.version}>
              <Text size="xs" c="dimmed">
                {t('rules.version', { version: each.version, since: format.dateTime(each.since) })}
              </Text>
              <Text size="sm">{each.status === 'STOPPED' ? t('rules.stoppedThen') : sentence(draftFrom(each))}</Text>
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}
