import { ActionIcon, Button, Group, Select, Text, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ConditionEditor } from './ConditionEditor';
import { emptyCondition, emptyGroup, type GroupNode, removeNode, replaceNode } from './rule';
import { useRule } from './RuleContext';
import classes from './segments.module.css';

/** Deeper than this a rule can no longer be read; the server's own limit is 8. */
const deepest = 4;

type Match = 'all' | 'any' | 'notAll' | 'notAny';

const matchOf = (node: GroupNode): Match =>
  node.match === 'all' ? (node.negated ? 'notAll' : 'all') : node.negated ? 'notAny' : 'any';

/** A group: how its members are joined, the members, and what can be added. */
export function GroupEditor(props: { node: GroupNode; depth: number }) {
  const { t } = useTranslation('segments');
  const { root, setRoot, wrong, readOnly } = useRule();
  const { node, depth } = props;
  const isRoot = depth === 1;
  const matches: Match[] = isRoot ? ['all', 'any'] : ['all', 'any', 'notAny', 'notAll'];

  const add = (member: GroupNode['children'][number]) =>
    setRoot(replaceNode(root, node.id, (was) => ({ ...(was as GroupNode), children: [...node.children, member] })));
  const choose = (match: Match) =>
    setRoot(
      replaceNode(root, node.id, (was) => ({
        ...(was as GroupNode),
        match: match === 'all' || match === 'notAll' ? 'all' : 'any',
        negated: match.startsWith('not'),
      })),
    );

  return (
    <fieldset className={classes.group} data-root={isRoot || undefined} id={isRoot ? 'segment-rule' : undefined} tabIndex={-1}>
      <legend className={classes.legend}>{isRoot ? t('rule') : t('group')}</legend>
      <Group gap="xs" className={classes.match}>
        <Select
          aria-label={t('match.label')}
          value={matchOf(node)}
          data={matches.map((value) => ({ value, label: t(`match.${value}`) }))}
          onChange={(value) => choose(value as Match)}
          readOnly={readOnly}
          className={classes.matchSelect}
        />
        {!isRoot && !readOnly && (
          <Tooltip label={t('removeGroup')}>
            <ActionIcon aria-label={t('removeGroup')} onClick={() => setRoot(removeNode(root, node.id))}>
              <IconTrash className={classes.icon} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {isRoot && node.children.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noCondition')}
        </Text>
      )}
      <div className={classes.members}>
        {node.children.map((member, at) => (
          <Fragment key={member.id}>
            {at > 0 && <div className={classes.join}>{t(node.match === 'all' ? 'and' : 'or')}</div>}
            {member.kind === 'group' ? (
              <GroupEditor node={member} depth={depth + 1} />
            ) : (
              <ConditionEditor node={member} />
            )}
          </Fragment>
        ))}
      </div>
      {wrong.get(node.id) && (
        <Text size="sm" c="red" role="alert">
          {t('wrongGroup')}
        </Text>
      )}
      {!readOnly && (
        <Group gap="xs">
          <Button
            variant="light"
            size="xs"
            leftSection={<IconPlus className={classes.icon} aria-hidden />}
            onClick={() => add(emptyCondition())}
          >
            {t('addCondition')}
          </Button>
          {depth < deepest && (
            <Button
              variant="subtle"
              size="xs"
              onClick={() =>
                add({ ...emptyGroup(node.match === 'all' ? 'any' : 'all'), children: [emptyCondition()] })
              }
            >
              {t('addGroup')}
            </Button>
          )}
        </Group>
      )}
    </fieldset>
  );
}
