import { DocumentLink } from '#ui/DocumentLink';
import { PageHeader } from '#ui/PageHeader';
import { List, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './guide.module.css';
import { type Section, sections } from './sections';

/** The short guide for marketers: what to do first, and what the words mean. */
export function GuidePage() {
  const { t } = useTranslation('guide');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className={classes.guide}>
        <nav className={classes.contents} aria-label={t('contents')}>
          {sections.map(({ key }) => (
            <a key={key} href={`#${key}`}>
              {t(`sections.${key}.title`)}
            </a>
          ))}
        </nav>
        <div className={classes.text}>
          {sections.map((section) => (
            <Part key={section.key} section={section} />
          ))}
        </div>
      </div>
    </>
  );
}

function Part({ section: { key, pages, document } }: { section: Section }) {
  const { t } = useTranslation(['guide', 'app']);
  const points = t(`sections.${key}.points`, { returnObjects: true });
  return (
    <section id={key} aria-labelledby={`${key}-title`}>
      <Title order={2} id={`${key}-title`}>
        {t(`sections.${key}.title`)}
      </Title>
      <Text>{t(`sections.${key}.lead`)}</Text>
      <List type={key === 'first' ? 'ordered' : 'unordered'} spacing="xs">
        {points.map((point) => (
          <List.Item key={point}>{point}</List.Item>
        ))}
      </List>
      {pages.length > 0 && (
        <p className={classes.pages}>
          <span>{t('pages')}</span>
          {pages.map(({ name, to }) => (
            <Link key={name} to={to}>
              {t(`app:nav.${name}`)}
            </Link>
          ))}
          {document && <DocumentLink name={document}>{t(document)}</DocumentLink>}
        </p>
      )}
    </section>
  );
}
