import type { RuleFieldsFragment } from '#gql/policy/graphql';
import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './policy.module.css';
import { paramNames } from './rule';

/** The data a rule works with: its hosts, phrases and so on. */
export function Params(props: { rule: RuleFieldsFragment }) {
  const { t } = useTranslation('policy');
  const { rule } = props;
  return (
    <>
      {paramNames
        .filter((name) => rule.params[name].length > 0)
        .map((name) => (
          <section key={name} aria-label={t(`param.${name}`)}>
            <Text size="sm" fw={600} mb="0.25rem">
              {t(`param.${name}`)}
            </Text>
            <Group gap="0.25rem">
              {rule.params[name].map((entry) => (
                <Badge key={entry} variant="default" radius="sm" className={classes.entry}>
                  {name === 'classes' ? t(`hostClass.${entry as 'SNS'}`) : name === 'contacts' ? t(`contact.${entry as 'PHONE'}`) : entry}
                </Badge>
              ))}
            </Group>
          </section>
        ))}
      {rule.params.years > 0 && <Text size="sm">{t('param.years', { count: rule.params.years })}</Text>}
    </>
  );
}
