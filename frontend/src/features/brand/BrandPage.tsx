import { BrandPageDocument } from '#gql/brand/graphql';
import { ErrorState } from '#ui/ErrorState';
import { PageHeader } from '#ui/PageHeader';
import { Skeleton, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Accent } from './Accent';
import classes from './brand.module.css';
import { isColour } from './colour';
import { Logo } from './Logo';
import { Preview } from './Preview';
import { Sender } from './Sender';

/** Who the merchant is and how it looks to those who get its mails. */
export function BrandPage() {
  const { t } = useTranslation('brand');
  const [{ data, error }, reload] = useQuery({ query: BrandPageDocument });
  const [trying, setTrying] = useState<string>();
  const again = () => reload({ requestPolicy: 'network-only' });
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {error && !data ? (
        <ErrorState error={error} retry={again} />
      ) : !data ? (
        <Skeleton height="24rem" />
      ) : (
        <div className={classes.page}>
          <div>
            <Section name="sender">
              <Sender settings={data.senderSettings} />
            </Section>
            <Section name="logo">
              <Logo logo={data.brandSettings.logo ?? undefined} onChanged={again} />
            </Section>
            <Section name="accent">
              <Accent saved={data.brandSettings.accent} onTry={setTrying} />
            </Section>
          </div>
          <Preview
            sender={data.senderSettings}
            logo={data.brandSettings.logo?.url}
            accent={trying && isColour(trying) ? trying : data.brandSettings.accent}
          />
        </div>
      )}
    </>
  );
}

function Section(props: { name: 'sender' | 'logo' | 'accent'; children: ReactNode }) {
  const { t } = useTranslation('brand');
  return (
    <section className={classes.section} aria-labelledby={`brand-${props.name}`}>
      <Title order={2} id={`brand-${props.name}`} mb="sm">
        {t(`section.${props.name}`)}
      </Title>
      {props.children}
    </section>
  );
}
