import { ShellDemoDocument, ShellRunningDocument, ShellSetDemoDocument } from '#gql/app/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { Button, CloseButton } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { IconMasksTheater } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery, useSubscription } from 'urql';
import classes from './DemoBanner.module.css';

const lookEveryMs = 10_000;
// A file of one's own that is taken in on this page ends the play at once.
const context = { additionalTypenames: ['Import'] };

/**
 * Says, on the demonstration's data only, that made-up customers are opening
 * mails and buying, and stops or starts them. Closed, it stays away from this
 * tab until there is something else to say.
 */
export function DemoBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayTurn = useScope('campaigns:write');
  const [{ data }, look] = useQuery({ query: ShellDemoDocument, context });
  const [{ data: running }] = useSubscription({ query: ShellRunningDocument, pause: !data?.demoBuyers || data.demoBuyers.ended });
  const [{ fetching }, turn] = useMutation(ShellSetDemoDocument);
  const buyers = data?.demoBuyers;
  const isDemo = buyers != null;
  const [closed, setClosed] = useSessionStorage({ key: 'meguri.demo.closed', defaultValue: '', getInitialValueInEffect: false });

  useEffect(() => {
    if (!isDemo) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && look({ requestPolicy: 'network-only' }), lookEveryMs);
    return () => clearInterval(timer);
  }, [isDemo, look]);

  // One that somebody else takes in, or that a folder or a service brings, is seen by its work.
  const imports = running?.runningJobs.filter((job) => job.kind === 'IMPORT').length ?? 0;
  useEffect(() => {
    if (isDemo && imports > 0) look({ requestPolicy: 'network-only' });
  }, [isDemo, imports, look]);

  if (!isDemo) return null;
  const state = buyers.ended ? 'ended' : buyers.playing ? 'playing' : buyers.stopped ? 'stopped' : 'over';
  if (closed === state) return null;
  const set = async (playing: boolean) => {
    await turn({ input: { playing } });
    look({ requestPolicy: 'network-only' });
  };
  return (
    <div className={classes.banner} role="status" data-playing={buyers.playing || undefined}>
      <IconMasksTheater className={classes.icon} aria-hidden />
      <span className={classes.text}>
        {t(`demo.${state}`)}
        {buyers.playing && (
          <span className={classes.more}>
            {t('demo.doing')} {t('demo.figures', { acts: format.number(buyers.acts), orders: format.number(buyers.orders) })}
          </span>
        )}
      </span>
      {mayTurn && !buyers.ended && (
        <Button size="compact-sm" variant="default" loading={fetching} onClick={() => void set(!buyers.playing)}>
          {t(buyers.playing ? 'demo.stop' : 'demo.start')}
        </Button>
      )}
      <CloseButton className={classes.close} aria-label={t('demo.close')} onClick={() => setClosed(state)} />
    </div>
  );
}
