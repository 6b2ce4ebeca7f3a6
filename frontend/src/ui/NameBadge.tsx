import { Badge, type BadgeProps } from '@mantine/core';
import classes from './NameBadge.module.css';

/** A badge with a name that staff chose: however long it is, it stays in its place; pointing at it tells the rest. */
export function NameBadge(props: { name: string } & Pick<BadgeProps, 'color' | 'size'>) {
  const { name, ...rest } = props;
  return (
    <Badge {...rest} miw={0} className={classes.badge} title={name}>
      {name}
    </Badge>
  );
}
