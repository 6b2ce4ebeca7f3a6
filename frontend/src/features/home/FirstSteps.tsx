import { brandUrl } from '#features/brand/urls';
import { campaignsUrl } from '#features/campaigns/urls';
import { importsUrl } from '#features/imports/urls';
import { shopsUrl } from '#features/shops/urls';
import { useScope, useViewer } from '#lib/viewer';
import { ButtonLink, TextLink } from '#ui/links';
import { CloseButton, Code, Text, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './home.module.css';
import { useEverSent, useImports, useMalls, useSenderReady } from './latest';

interface Step {
  key: 'shop' | 'import' | 'sender' | 'campaign';
  done: boolean;
  link: LinkProps;
}

/** What leads a new merchant to a first campaign, with what is done; gone once all is. Of the demonstration: how to begin with one's own data. */
export function FirstSteps() {
  const { demo } = useViewer().merchant;
  const steps = useSteps();
  const mayBegin = useScope('imports:write');
  if (demo) return <Demo />;
  if (!mayBegin || !steps || steps.every((step) => step.done)) return null;
  return <Steps steps={steps} />;
}

function useSteps(): Step[] | undefined {
  const malls = useMalls();
  const imports = useImports();
  const sender = useSenderReady();
  const sent = useEverSent();
  if (!malls || !imports || sender === undefined || sent === undefined) return undefined;
  return [
    { key: 'shop', done: malls.length > 0, link: shopsUrl('new') },
    { key: 'import', done: imports.some((one) => one.status === 'DONE' && one.rows > one.quarantined), link: importsUrl() },
    { key: 'sender', done: sender, link: brandUrl() },
    { key: 'campaign', done: sent, link: campaignsUrl() },
  ];
}

function Steps(props: { steps: readonly Step[] }) {
  const { t } = useTranslation('home');
  const next = props.steps.find((step) => !step.done);
  return (
    <section className={`${classes.wide} ${classes.note}`} aria-labelledby="first-steps">
      <Title order={2} id="first-steps">
        {t('steps.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('steps.body')}
      </Text>
      <ol className={classes.steps}>
        {props.steps.map((step) => (
          <li key={step.key} className={classes.step} data-done={step.done || undefined}>
            {step.done ? (
              <IconCircleCheckFilled className={classes.done} aria-label={t('steps.done')} />
            ) : (
              <IconCircle className={classes.open} aria-hidden />
            )}
            <div className={classes.grow}>
              <div className={classes.stepName}>{t(`steps.${step.key}.name`)}</div>
              <Text size="sm" c="dimmed">
                {t(`steps.${step.key}.body`)}
              </Text>
            </div>
            {step === next ? (
              <ButtonLink {...step.link}>{t(`steps.${step.key}.action`)}</ButtonLink>
            ) : (
              !step.done && (
                <TextLink {...step.link} size="sm">
                  {t(`steps.${step.key}.action`)}
                </TextLink>
              )
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What starts Meguri without the demonstration, in a folder of its own and where this one listens. */
function ownStart({ hostname, port }: Location): string {
  const local = ['127.0.0.1', 'localhost'].includes(hostname) && port !== '' && port !== '8080';
  return `MEGURI_SEED=off MEGURI_DATA_DIR=./.meguri-own${local ? ` MEGURI_ADDR=127.0.0.1:${port}` : ''} make run`;
}

/** Says that the data is made up, and how one's own comes in its place. */
function Demo() {
  const { t } = useTranslation('home');
  const [hidden, setHidden] = useLocalStorage({ key: 'meguri.demo.seen', defaultValue: false, getInitialValueInEffect: false });
  if (hidden) return null;
  return (
    <section className={`${classes.wide} ${classes.note}`} aria-labelledby="demo">
      <div className={classes.demoHead}>
        <Title order={2} id="demo">
          {t('demo.title')}
        </Title>
        <CloseButton aria-label={t('demo.hide')} onClick={() => setHidden(true)} />
      </div>
      <Text size="sm">{t('demo.body')}</Text>
      <Text size="sm" c="dimmed" mt="xs">
        {t('demo.how')}
      </Text>
      <Code block className={classes.command}>
        {ownStart(window.location)}
      </Code>
    </section>
  );
}
