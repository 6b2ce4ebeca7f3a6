import { accountUrl } from '#features/account/urls';
import { ShellSetLocaleDocument } from '#gql/app/graphql';
import { signOut } from '#lib/session';
import { useViewer } from '#lib/viewer';
import { Text, useMantineColorScheme } from '@mantine/core';
import { type Icon, IconCheck, IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { type Language, languages } from '../i18n';
import classes from './AccountMenu.module.css';

const schemes = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;

/** Who is signed in, how the screen looks and speaks to them, and the way out: a menu, gone through by arrows. */
export function AccountPanel(props: { onGo: () => void }) {
  const { t, i18n } = useTranslation();
  const { staff } = useViewer();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [, setLocale] = useMutation(ShellSetLocaleDocument);
  const speak = (language: Language) => {
    void i18n.changeLanguage(language);
    void setLocale({ input: { locale: language } });
    props.onGo();
  };

  return (
    <>
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
      <Items label={t('account.menu', { name: staff.name })}>
        <div role="none" className={classes.group}>
          <Link {...accountUrl()} role="menuitem" tabIndex={-1} className={classes.item} onClick={props.onGo}>
            <IconUserCircle className={classes.icon} aria-hidden />
            <span className={classes.itemWords}>{t('account.open')}</span>
          </Link>
        </div>
        <Group label={t('account.theme')} help={t('account.themeHelp')}>
          {(['auto', 'light', 'dark'] as const).map((scheme) => (
            <Item key={scheme} icon={schemes[scheme]} chosen={colorScheme === scheme} run={() => setColorScheme(scheme)}>
              {t(`account.scheme.${scheme}`)}
            </Item>
          ))}
        </Group>
        <Group label={t('account.language')}>
          {languages.map((language) => (
            <Item key={language} lang={language} icon={IconLanguage} chosen={i18n.language === language} run={() => speak(language)}>
              {language === 'ja' ? '日本語' : 'English'}
            </Item>
          ))}
        </Group>
        <div role="none" className={classes.group}>
          <Item icon={IconLogout} run={() => void signOut()}>
            {t('account.signOut')}
          </Item>
        </div>
      </Items>
    </>
  );
}

function Items(props: { label: string; children: ReactNode }) {
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  useEffect(() => menu.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    all[to]?.focus();
    event.preventDefault();
  };
  return (
    <div ref={menu} role="menu" tabIndex={-1} aria-label={props.label} onKeyDown={onKeyDown}>
      {props.children}
    </div>
  );
}

function Group(props: { label: string; help?: string; children: ReactNode }) {
  const help = useId();
  return (
    <div role="group" aria-label={props.label} aria-describedby={props.help && help} className={classes.group}>
      <div className={classes.label}>
        <span aria-hidden>{props.label}</span>
        {props.help && <div id={help}>{props.help}</div>}
      </div>
      {props.children}
    </div>
  );
}

/** Something to do, or, with `chosen`, one of several to choose from. */
function Item(props: { icon: Icon; chosen?: boolean; lang?: string; run: () => void; children: ReactNode }) {
  const common = { type: 'button', lang: props.lang, tabIndex: -1, className: classes.item, onClick: props.run } as const;
  const words = (
    <>
      <props.icon className={classes.icon} aria-hidden />
      <span className={classes.itemWords}>{props.children}</span>
    </>
  );
  if (props.chosen === undefined) {
    return (
      <button {...common} role="menuitem">
        {words}
      </button>
    );
  }
  return (
    <button {...common} role="menuitemradio" aria-checked={props.chosen}>
      {words}
      {props.chosen && <IconCheck className={classes.icon} aria-hidden />}
    </button>
  );
}
