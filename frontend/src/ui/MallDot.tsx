import { useTranslation } from 'react-i18next';
import type ui from './locales/ja.json';
import classes from './MallDot.module.css';

/** The kinds of mall, as the contract names them. */
export type MallKind = keyof (typeof ui)['mall'];

/** The colour of a mall: the same in dots, lines and charts, in both themes. */
export const mallColor = (mall: MallKind): string => `var(--mg-mall-${mall})`;

/** A mall's dot beside its name, or, where the row is narrow, the dot alone with the name as its label. */
export function MallDot(props: { mall: MallKind; label?: string; bare?: boolean }) {
  const { t } = useTranslation('ui');
  const name = props.label ?? t(`mall.${props.mall}`);
  const dot = <span className={classes.dot} style={{ background: mallColor(props.mall) }} />;
  if (props.bare) {
    return (
      <span className={classes.bare} role="img" aria-label={name} title={name}>
        {dot}
      </span>
    );
  }
  return (
    <span className={classes.named} title={props.label}>
      {dot}
      <span>{name}</span>
    </span>
  );
}
