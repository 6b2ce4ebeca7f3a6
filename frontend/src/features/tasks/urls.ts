import { linkOptions } from '@tanstack/react-router';

/** The states tasks are listed by, in the order tabs offer them; the first is the default. */
export const taskStatuses = ['OPEN', 'DONE', 'CANCELLED'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** All tasks in a state; `task` is open beside the list. */
export const tasksUrl = (task?: string, status?: TaskStatus) =>
  linkOptions({ to: '/tasks', search: { ...(status && status !== 'OPEN' ? { status } : {}), ...(task ? { task } : {}) } });
