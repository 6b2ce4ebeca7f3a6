import { SegmentReadyDocument } from '#gql/segments/graphql';
import { useFolded } from '#ui/useFolded';
import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { Rule } from './rule';
import classes from './segments.module.css';

/** The rule that is built below them stays in sight. */
const startersShown = 9;

/** Ready segments to begin from, each with what it means; offered while the rule is still empty. */
export function Starters(props: { onPick: (name: string, rule: Rule) => void }) {
  const { t, i18n } = useTranslation('segments');
  const [{ data }] = useQuery({ query: SegmentReadyDocument, variables: { locale: i18n.language } });
  const { shown, more } = useFolded(data?.readySegments ?? [], startersShown);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="starters">
      <Text id="starters" size="sm" fw={600} mb="xs">
        {t('starters')}
      </Text>
      <div className={classes.starters}>
        {shown.map(({ code, name, sentence, rule }) => (
          <UnstyledButton key={code} className={classes.starter} onClick={() => props.onPick(name, rule as Rule)}>
            <span className={classes.starterName}>{name}</span>
            <span className={classes.starterSentence}>{sentence}</span>
          </UnstyledButton>
        ))}
      </div>
      {more}
    </section>
  );
}
