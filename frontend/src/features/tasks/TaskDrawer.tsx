import { TaskCancelDocument, TaskDetailDocument, type TaskFieldsFragment, TaskReopenDocument } from '#gql/tasks/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { Figure, FigureRow } from '#ui/Figure';
import { MallDot } from '#ui/MallDot';
import { toastDone } from '#ui/toast';
import { SideDrawer } from '#ui/SideDrawer';
import { Button, Divider, Group, List, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { CompleteForm } from './CompleteForm';
import { CopyBlock } from './CopyBlock';
import classes from './tasks.module.css';

const refreshMs = 15_000;

/** One task beside the list: the steps, what to copy, marking it done, and what it brought as the orders stand. */
export function TaskDrawer(props: { id: string; onClose: () => void; onChanged: () => void }) {
  const { t } = useTranslation('tasks');
  const [{ data, error, fetching }, reload] = useQuery({ query: TaskDetailDocument, variables: { id: props.id } });
  const task = data?.task;

  // Orders come in by themselves; the figures follow while somebody looks.
  useEffect(() => {
    if (!task?.couponCode) return;
    const timer = setInterval(
      () => document.visibilityState === 'visible' && reload({ requestPolicy: 'network-only' }),
      refreshMs,
    );
    return () => clearInterval(timer);
  }, [task?.couponCode, reload]);

  return (
    <SideDrawer onClose={props.onClose} title={task?.subject ?? t('title')}>
      {error && !task && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
      {fetching && !task && <Skeleton height="20rem" />}
      {data && !task && <EmptyState title={t('missing')} />}
      {task && <Detail task={task} onChanged={props.onChanged} />}
    </SideDrawer>
  );
}

function Detail(props: { task: TaskFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('tasks');
  const { task } = props;
  const tool = task.tool === 'STORE_NEWSLETTER' ? 'STORE_NEWSLETTER' : 'R_MAIL';
  return (
    <Stack gap="lg">
      <Facts task={task} />
      {task.results && <Results results={task.results} sent={task.sentCount} />}
      {task.status === 'OPEN' && (
        <section aria-label={t('steps.title')}>
          <Title order={3} mb="xs">
            {t('steps.title')}
          </Title>
          <List type="ordered" size="sm" spacing="0.25rem">
            {([1, 2, 3, 4, 5] as const).map((step) => (
              <List.Item key={step}>{t(`steps.${tool}.${step}`)}</List.Item>
            ))}
          </List>
        </section>
      )}
      <Divider />
      <Text size="xs" c="dimmed">
        {t('checked')}
      </Text>
      <CopyBlock label={t('copy.subject')} text={task.subject} />
      {task.couponCode && <CopyBlock label={t('copy.code')} text={task.couponCode} />}
      {task.text && <CopyBlock label={t('copy.text')} text={task.text} />}
      {task.html && <CopyBlock label={t('copy.html')} text={task.html} code />}
      <Divider />
      <Acts task={task} onChanged={props.onChanged} />
    </Stack>
  );
}

function Facts(props: { task: TaskFieldsFragment }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const { task } = props;
  const rows: [string, ReactNode][] = [
    [t('column.tool'), <MallDot key="tool" mall={task.mall} label={t(`tool.${task.tool as 'R_MAIL'}`)} />],
    [t('column.campaign'), task.campaign?.name ?? t('none')],
    [t('column.customers'), t('concerns', { count: task.customers, people: format.people(task.customers) })],
    [t('column.due'), format.date(task.dueOn)],
    [t('column.assignee'), task.assignee?.name ?? t('nobody')],
  ];
  if (task.offer) {
    rows.push([
      t('coupon'),
      t('couponOf', { name: task.offer.name, from: format.date(task.offer.startsAt), to: format.lastDay(task.offer.endsAt) }),
    ]);
  }
  if (task.doneAt) {
    rows.push([
      t('doneAt'),
      t('doneBy', { at: format.dateTime(task.doneAt), name: task.doneBy ?? t('none'), sent: format.number(task.sentCount ?? 0) }),
    ]);
  }
  if (task.note) rows.push([t('note'), task.note]);
  return (
    <Table withRowBorders={false} verticalSpacing="0.25rem" className={classes.facts}>
      <Table.Tbody>
        {rows.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th w="8rem">{label}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Results(props: { results: NonNullable<TaskFieldsFragment['results']>; sent?: number | null }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const { results } = props;
  return (
    <section aria-label={t('results.title')}>
      <Title order={3} mb="xs">
        {t('results.title')}
      </Title>
      <FigureRow>
        <Figure label={t('results.orders')} value={format.number(results.orders)} definition={t('results.define')} />
        <Figure label={t('results.customers')} value={format.people(results.customers)} />
        <Figure label={t('results.sales')} value={format.money(results.sales.amount, results.sales.currency)} />
        {props.sent ? (
          <Figure label={t('results.rate')} value={format.share(results.orders / props.sent)} />
        ) : null}
      </FigureRow>
    </section>
  );
}

function Acts(props: { task: TaskFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('tasks');
  const { task } = props;
  const mayWrite = useScope('campaigns:write');
  const [asked, setAsked] = useState(false);
  const [cancelling, cancel] = useMutation(TaskCancelDocument);
  const [reopening, reopen] = useMutation(TaskReopenDocument);
  if (!mayWrite || task.status === 'CANCELLED') return null;
  if (task.status === 'DONE') {
    return (
      <Group justify="flex-end">
        <Button
          variant="default"
          loading={reopening.fetching}
          onClick={() => void reopen({ input: { id: task.id } }).then(props.onChanged)}
        >
          {t('reopen')}
        </Button>
      </Group>
    );
  }
  const drop = async () => {
    const { data } = await cancel({ input: { id: task.id } });
    setAsked(false);
    if (!data?.cancelTask.task) return;
    toastDone(t('cancelled'));
    props.onChanged();
  };
  return (
    <>
      <CompleteForm task={task} onDone={props.onChanged} />
      <Group justify="flex-end">
        <Button variant="subtle" color="red" onClick={() => setAsked(true)}>
          {t('cancel')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asked}
        title={t('cancelTitle', { name: task.subject })}
        confirm={t('cancel')}
        danger
        busy={cancelling.fetching}
        onConfirm={() => void drop()}
        onClose={() => setAsked(false)}
      >
        {t('cancelBody')}
      </ConfirmDialog>
    </>
  );
}
