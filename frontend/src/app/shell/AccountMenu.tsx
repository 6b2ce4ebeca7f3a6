import { accountUrl } from '#features/account/urls';
import { ShellSetLocaleDocument } from '#gql/app/graphql';
import { useViewer } from '#lib/viewer';
import { MenuLink } from '#ui/links';
import { Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { type Language, languages } from '../i18n';
import { signOut } from '#lib/session';
import classes from './AccountMenu.module.css';

const schemes = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;

/** Who is signed in, how the screen looks and speaks to them, and the way out. */
export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const { staff } = useViewer();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [, setLocale] = useMutation(ShellSetLocaleDocument);

  const speak = (language: Language) => {
    void i18n.changeLanguage(language);
    void setLocale({ input: { locale: language } });
  };

  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={t('account.menu', { name: staff.name })}>
          <span className={classes.avatar} aria-hidden>
            {[...staff.name][0]}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <Text size="sm" fw={600}>
            {staff.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {staff.email}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`role.${staff.role}`)}
          </Text>
        </div>
        <MenuLink {...accountUrl()} leftSection={<IconUserCircle className={classes.icon} aria-hidden />}>
          {t('account.open')}
        </MenuLink>
        <Menu.Divider />
        <Menu.Label>{t('account.theme')}</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((scheme) => {
          const Icon = schemes[scheme];
          return (
            <Menu.Item
              key={scheme}
              closeMenuOnClick={false}
              leftSection={<Icon className={classes.icon} aria-hidden />}
              rightSection={colorScheme === scheme && <IconCheck className={classes.icon} aria-label={t('account.on')} />}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`account.scheme.${scheme}`)}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Label>{t('account.language')}</Menu.Label>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            leftSection={<IconLanguage className={classes.icon} aria-hidden />}
            rightSection={
              i18n.language === language && <IconCheck className={classes.icon} aria-label={t('account.on')} />
            }
            onClick={() => speak(language)}
          >
            {language === 'ja' ? '日本語' : 'English'}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout className={classes.icon} aria-hidden />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
