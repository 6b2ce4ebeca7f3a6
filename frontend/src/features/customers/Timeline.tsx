import { CustomerTimelineDocument, type CustomerTimelineQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { MallDot } from '#ui/MallDot';
import { Button, Chip, Group, Skeleton, Stack, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconTimeline } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Timeline.module.css';
import { NewNote, NoteDetail } from './Notes';
import { TimelineDetail } from './TimelineDetail';
import { type Entry, kindIcons, useEventWords } from './timelineWords';
import { type CustomerSearch, kinds } from './urls';

const route = getRouteApi('/shell/customers/$customerId');
const pageSize = 50;
const connectionOf = (data: CustomerTimelineQuery) => data.customer?.timeline;

/** All that happened to a customer, newest first, in one column by day. */
export function Timeline(props: { customerId: string; anonymous: boolean }) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const { kinds: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const variables = useMemo(
    () => ({ id: props.customerId, first: pageSize, kinds: chosen ?? null }),
    [props.customerId, chosen],
  );
  const source = usePagedQuery(CustomerTimelineDocument, variables, connectionOf);

  return (
    <Stack gap="md">
      {!props.anonymous && <NewNote customerId={props.customerId} onWritten={source.reload} />}
      <Chip.Group
        multiple
        value={chosen ?? []}
        onChange={(next) =>
          void navigate({
            search: (was) => ({ ...was, kinds: next.length > 0 ? (next as CustomerSearch['kinds']) : undefined }),
            replace: true,
          })
        }
      >
        <Group gap="xs" role="group" aria-label={t('timeline.filter')}>
          {kinds.map((kind) => (
            <Chip key={kind} value={kind} size="xs">
              {t(`kind.${kind}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {source.error && source.nodes.length === 0 ? (
        <ErrorState error={source.error} retry={source.reload} />
      ) : source.fetching ? (
        <Skeleton className={classes.shape} role="status" aria-label={t('loading')} />
      ) : source.nodes.length === 0 ? (
        <EmptyState icon={IconTimeline} title={t('timeline.empty')}>
          {chosen ? t('timeline.emptyKinds') : t('timeline.emptyBody')}
        </EmptyState>
      ) : (
        <Days customerId={props.customerId} entries={source.nodes} onChanged={source.reload} />
      )}
      {source.hasMore && (
        <Button variant="default" className={classes.more} loading={source.loadingMore} onClick={source.loadMore}>
          {tUi('list.more')}
        </Button>
      )}
    </Stack>
  );
}

function Days(props: { customerId: string; entries: readonly Entry[]; onChanged: () => void }) {
  const format = useFormat();
  const words = useEventWords();
  const days = useMemo(() => {
    const found = new Map<string, Entry[]>();
    for (const entry of props.entries) {
      const day = format.day(entry.occurredAt);
      found.set(day, [...(found.get(day) ?? []), entry]);
    }
    return [...found];
  }, [props.entries, format]);

  return days.map(([day, entries]) => (
    <section key={day} aria-labelledby={`day-${day}`}>
      <h3 id={`day-${day}`} className={classes.day}>
        {format.date(day)}
      </h3>
      <ol className={classes.entries}>
        {entries.map((entry) => (
          <EntryLine key={entry.id} entry={entry} words={words} customerId={props.customerId} onChanged={props.onChanged} />
        ))}
      </ol>
    </section>
  ));
}

/** One entry: a line that says what happened, and opens to say the rest. */
function EntryLine(props: { entry: Entry; words: ReturnType<typeof useEventWords>; customerId: string; onChanged: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const id = useId();
  const { entry } = props;
  const Icon = kindIcons[entry.kind];
  const { title, detail, figure, quiet } = props.words(entry);
  return (
    <li className={classes.entry}>
      <span className={classes.mark} data-kind={entry.kind}>
        <Icon className={classes.icon} role="img" aria-label={t(`kind.${entry.kind}`)} />
      </span>
      <div className={classes.what}>
        <UnstyledButton className={classes.title} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {title}
          <IconChevronDown className={classes.chevron} aria-hidden />
        </UnstyledButton>
        {(detail || entry.shop) && (
          <div className={classes.sub}>
            {entry.shop && <MallDot mall={entry.shop.mall} label={entry.shop.name} />}
            {detail && !(open && entry.note) && <span className={entry.note ? classes.note : undefined}>{detail}</span>}
          </div>
        )}
      </div>
      {figure && (
        <div className={classes.figure} data-quiet={quiet}>
          {figure}
        </div>
      )}
      <time className={classes.time} dateTime={entry.occurredAt} title={format.dateTime(entry.occurredAt)}>
        {format.time(entry.occurredAt)}
      </time>
      <div id={id} className={classes.detail} hidden={!open}>
        {open &&
          (entry.note ? (
            <NoteDetail customerId={props.customerId} note={entry.note} onChanged={props.onChanged} />
          ) : (
            <TimelineDetail entry={entry} />
          ))}
      </div>
    </li>
  );
}
