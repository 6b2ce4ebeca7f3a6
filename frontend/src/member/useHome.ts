import { useCallback, useEffect, useState } from 'react';
import { MemberHomeDocument, type MemberHomeQuery, MemberPointsLiveDocument } from '#gql/member/graphql';
import { ask, type Failure, follow } from './api';
import { keepBalance } from './session';
import { failureOf } from './useAsked';

type Me = NonNullable<MemberHomeQuery['me']>;

const againMs = [1000, 2000, 5000, 15_000];

/**
 * The shopper with points and stage, which follow by themselves. arrived is what
 * the last change of the balance added, and turns counts them: a list that shows
 * bookings asks again with it.
 */
export function useHome(given: boolean) {
  const [me, setMe] = useState<Me>();
  const [failure, setFailure] = useState<Failure>();
  const [arrived, setArrived] = useState<{ points: number; turn: number }>({ points: 0, turn: 0 });

  const load = useCallback(async () => {
    try {
      const { me: found } = await ask(MemberHomeDocument, {});
      setFailure(found ? undefined : 'ended');
      if (found) setMe(found);
    } catch (cause) {
      setFailure(failureOf(cause));
    }
  }, []);

  useEffect(() => {
    if (!given) return;
    const over = new AbortController();
    let known: number | undefined;
    const keepUp = async () => {
      for (let attempt = 0; !over.signal.aborted; attempt += 1) {
        const failed = await follow(
          MemberPointsLiveDocument,
          {},
          ({ myPoints }) => {
            attempt = 0;
            const { points, stage } = myPoints;
            keepBalance(points.available);
            setFailure(undefined);
            setMe((was) => was && { ...was, points, stage });
            const before = known;
            known = points.available;
            if (before !== undefined && before !== points.available) {
              setArrived((was) => ({ points: points.available - before, turn: was.turn + 1 }));
            }
          },
          over.signal,
        );
        if (over.signal.aborted) return;
        setFailure(failed);
        if (failed === 'ended') return;
        await new Promise((resolve) => setTimeout(resolve, againMs[Math.min(attempt, againMs.length - 1)]));
      }
    };
    void load().then(keepUp);
    return () => over.abort();
  }, [given, load]);

  return { me, failure, arrived, load };
}
