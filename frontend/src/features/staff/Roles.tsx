import { StaffRolesDocument } from '#gql/staff/graphql';
import { ErrorState } from '#ui/ErrorState';
import { Skeleton, Table, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { byNoun } from './roles';
import classes from './staff.module.css';

/** What each role may do, as the server holds people to it. */
export function Roles() {
  const { t, i18n } = useTranslation('staff');
  const { t: tApp } = useTranslation();
  const [{ data, error }, again] = useQuery({ query: StaffRolesDocument });
  if (error && !data) return <ErrorState error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="24rem" />;
  // A scope that is newer than its words shows as it is called.
  const word = (key: string, otherwise: string) => (i18n.exists(`staff:${key}`) ? String(t(key as never)) : otherwise);
  const groups = byNoun([...new Set(data.roles.flatMap((each) => each.scopes))]);
  return (
    <>
      <Text size="sm" c="dimmed" mb="md" maw="46rem">
        {t('roles.body')}
      </Text>
      <div className={classes.scroll}>
        <Table className={classes.matrix} aria-label={t('tab.roles')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('roles.what')}</Table.Th>
              {data.roles.map((each) => (
                <Table.Th key={each.role} scope="col" className={classes.role}>
                  {tApp(`role.${each.role}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.map((group) => (
              <Fragment key={group.noun}>
                <Table.Tr className={classes.noun}>
                  <Table.Th scope="rowgroup" colSpan={data.roles.length + 1}>
                    {word(`noun.${group.noun}`, group.noun)}
                  </Table.Th>
                </Table.Tr>
                {group.scopes.map((scope) => (
                  <Table.Tr key={scope}>
                    <Table.Th scope="row" className={classes.scope}>
                      {word(`scope.${scope.replace(':', '_')}`, scope)}
                    </Table.Th>
                    {data.roles.map((each) => (
                      <Table.Td key={each.role} className={classes.role}>
                        {each.scopes.includes(scope) ? (
                          <IconCheck size="1rem" className={classes.yes} role="img" aria-label={t('roles.may')} />
                        ) : (
                          <span className={classes.no} role="img" aria-label={t('roles.mayNot')}>
                            –
                          </span>
                        )}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}
