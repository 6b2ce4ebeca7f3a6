import type { BrandPageQuery } from '#gql/brand/graphql';
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './brand.module.css';
import { inkOn, inks } from './colour';

/** The end of a mail and the unsubscribe page as recipients see them. */
export function Preview(props: { sender: BrandPageQuery['senderSettings']; logo: string | undefined; accent: string }) {
  const { t } = useTranslation('brand');
  const { sender, logo, accent } = props;
  const or = (text: string) => text || t('preview.missing');
  return (
    <section className={classes.preview} aria-labelledby="brand-preview">
      <Title order={2} id="brand-preview" mb="sm">
        {t('section.preview')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('preview.mail')}
      </Text>
      <div className={classes.paper}>
        {/* The merchant's colour is the one thing here that the theme does not know. */}
        <div className={classes.footer} lang="ja" style={{ borderTopColor: accent }}>
          {logo && <img src={logo} alt="" />}
          <p>{t('preview.consent', { name: or(sender.name) })}</p>
          <p>
            <u>{t('preview.unsubscribe')}</u>
          </p>
          <p>
            {t('preview.sender', { name: or(sender.name) })}
            <br />
            {or(sender.postalAddress)}
            <br />
            {t('preview.contact', { contact: or(sender.contact) })}
          </p>
        </div>
      </div>
      <Text size="xs" c="dimmed" mt="md" mb="xs">
        {t('preview.page')}
      </Text>
      <div className={classes.paper}>
        <div className={classes.card}>
          {logo && <img src={logo} alt="" />}
          <p>{or(sender.name)}</p>
          <strong>{t('preview.ask')}</strong>
          <span className={classes.button} style={{ background: accent, color: inks[inkOn(accent)] }}>
            {t('preview.stop')}
          </span>
        </div>
      </div>
    </section>
  );
}
