import { CampaignContentHelpDocument } from '#gql/campaigns/graphql';
import { Button, Menu } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './ChipField.module.css';

/** The variables content can use, each with an example of what will stand there. */
export function VariableMenu(props: {
  /** The words of the button. */
  label: string;
  /** What it is for, where the words alone do not say it. */
  name?: string;
  /** Beside one field of many. */
  small?: boolean;
  /** Takes the variable as Liquid. */
  onChoose: (source: string) => void;
}) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button
          variant={props.small ? 'subtle' : 'default'}
          size={props.small ? 'compact-xs' : 'xs'}
          aria-label={props.name}
          leftSection={<IconBraces size="1rem" aria-hidden />}
        >
          {props.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {(data?.templateVariables ?? []).map((variable) => (
          <Menu.Item key={variable.name} onClick={() => props.onChoose(`{{ ${variable.name} }}`)}>
            {t('content.variable', { label: variable.label, example: variable.example })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
