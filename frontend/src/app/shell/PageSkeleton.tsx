import { Skeleton, Stack } from '@mantine/core';
import classes from './PageSkeleton.module.css';

/** The shape of a page while its chunk and words are on their way. */
export function PageSkeleton() {
  return (
    <Stack gap="md" aria-hidden>
      <Skeleton className={classes.title} />
      <Skeleton className={classes.block} />
    </Stack>
  );
}
