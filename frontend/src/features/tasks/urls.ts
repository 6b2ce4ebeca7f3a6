import { flag, oneOf, placeOf, someOf, text, texts } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/** The states tasks are listed by, in the order they are offered; the first is the default. */
export const taskStatuses = ['OPEN', 'DONE', 'CANCELLED'] as const;
export type TaskStatus = (typeof taskStatuses)[number];
/** The malls that have a mail tool of their own, with it. */
export const tools = { RAKUTEN: 'R_MAIL', YAHOO: 'STORE_NEWSLETTER' } as const;
/** The malls of `tools`, in the order filters offer them. */
export const toolMalls = ['RAKUTEN', 'YAHOO'] as const;

/** What the address of the tasks holds. */
export interface TasksSearch {
  status?: TaskStatus;
  q?: string;
  malls?: (typeof toolMalls)[number][];
  assignee?: string;
  late?: true;
  /** Sorted against the usual direction: open tasks from the one due last, others from the one due first. */
  turned?: true;
  /** Keys of the columns to show. */
  cols?: string[];
  /** The saved view that was opened. */
  view?: string;
  /** The task beside the list. */
  task?: string;
  after?: string;
  before?: string;
  page?: number;
}

/** Reads the address of the tasks. */
export const tasksSearch = (raw: Record<string, unknown>): TasksSearch => {
  const status = oneOf(...taskStatuses)(raw.status);
  return {
    status: status === 'OPEN' ? undefined : status,
    q: text(raw.q),
    malls: someOf(...toolMalls)(raw.malls),
    assignee: text(raw.assignee),
    late: flag(raw.late),
    turned: flag(raw.turned),
    cols: texts(raw.cols),
    view: text(raw.view),
    task: text(raw.task),
    ...placeOf(raw),
  };
};

/** What of the address a saved view keeps. */
export const keptOf = ({ status, q, malls, assignee, late, turned, cols }: TasksSearch): TasksSearch =>
  ({ status, q, malls, assignee, late, turned, cols });

/** All tasks in a state; `task` is open beside the list. */
export const tasksUrl = (task?: string, status?: TaskStatus) =>
  linkOptions({ to: '/tasks', search: { ...(status && status !== 'OPEN' ? { status } : {}), ...(task ? { task } : {}) } });
