import { SignInBrandDocument } from '#gql/sign-in/graphql';
import { Paper, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useQuery } from 'urql';
import classes from './Door.module.css';

/** The frame of the pages one sees before one is signed in: the brand, a card, and what else there is to do below. */
export function Door(props: { title: string; children: ReactNode; below?: ReactNode }) {
  useEffect(() => {
    document.title = `${props.title} · Meguri`;
  }, [props.title]);
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" className={classes.mark} />
          <Title order={1}>Meguri</Title>
        </div>
        <Merchant />
        <Paper withBorder p="lg">
          <Stack gap="md">
            <Title order={2}>{props.title}</Title>
            {props.children}
          </Stack>
        </Paper>
        {props.below && <div className={classes.below}>{props.below}</div>}
      </div>
    </main>
  );
}

/** Whose Meguri it is. */
function Merchant() {
  const [{ data }] = useQuery({ query: SignInBrandDocument });
  const brand = data?.brand;
  return (
    <div className={classes.merchant}>
      {brand?.logo && <img src={brand.logo.url} alt="" className={classes.logo} />}
      {brand?.name}
    </div>
  );
}
