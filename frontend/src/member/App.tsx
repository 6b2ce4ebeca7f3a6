import { type ReactNode, useEffect, useState } from 'react';
import { MemberBrandDocument } from '#gql/member/graphql';
import { Balance } from './Balance';
import { Card } from './Card';
import { History } from './History';
import { CardIcon, HistoryIcon, OffersIcon, SettingsIcon } from './icons';
import { Offers } from './Offers';
import { Failed } from './parts';
import { Settings } from './Settings';
import { Stage } from './Stage';
import { keepMerchant, keptBalance, keptMerchant, signOut } from './session';
import { useAsked } from './useAsked';
import { useHome } from './useHome';
import { dateTime, points, t } from './words';

const tabs = ['card', 'offers', 'history', 'settings'] as const;
type Tab = (typeof tabs)[number];

const icons: Record<Tab, ReactNode> = { card: <CardIcon />, offers: <OffersIcon />, history: <HistoryIcon />, settings: <SettingsIcon /> };

const openTab = (): Tab => tabs.find((tab) => window.location.hash === `#${tab}`) ?? 'card';

/** The open part stands in the address, so that going back works. */
function useTab(): Tab {
  const [tab, setTab] = useState<Tab>(openTab);
  useEffect(() => {
    const follow = () => {
      setTab(openTab());
      window.scrollTo(0, 0);
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return tab;
}

/** The whole page: whoever came with a token sees himself, everybody else how to get one. */
export function App({ given }: { given: boolean }) {
  const tab = useTab();
  const [left, setLeft] = useState(false);
  const { data } = useAsked(MemberBrandDocument, {});
  const { me, failure, arrived, load } = useHome(given && !left);
  const merchant = data?.brand.name ?? keptMerchant();
  useEffect(() => {
    if (data && !left) keepMerchant(data.brand.name);
  }, [data, left]);
  const leave = () => {
    signOut();
    setLeft(true);
  };

  if (left || !given || failure === 'ended') {
    return (
      <Frame merchant={merchant} logo={data?.brand.logo}>
        <p className="notice">{t(left ? 'settings.signedOut' : given ? 'failure.ended' : 'failure.none')}</p>
      </Frame>
    );
  }
  if (!me) {
    return (
      <Frame merchant={merchant} logo={data?.brand.logo}>
        {failure ? <Unreached failure={failure} again={() => void load()} /> : <Skeleton />}
      </Frame>
    );
  }
  return (
    <Frame merchant={merchant} logo={data?.brand.logo} name={me.profile.name} nav={<Nav open={tab} />}>
      <p className="live" role="status">
        {arrived.points > 0 && <span key={arrived.turn}>{t('balance.arrived', { points: points(arrived.points) })}</span>}
      </p>
      {tab === 'card' && (
        <>
          <h1 className="unseen">{t('card.title')}</h1>
          {me.profile.memberSince ? <Card name={me.profile.name} /> : <p className="notice">{t('card.notMember')}</p>}
          <Balance points={me.points} turn={arrived.turn} kept={failure === 'offline' ? keptBalance() : undefined} />
          {me.stage && <Stage stage={me.stage} />}
        </>
      )}
      {tab === 'offers' && <Offers />}
      {tab === 'history' && <History turn={arrived.turn} />}
      {tab === 'settings' && <Settings member={me.profile.memberSince !== null} merchant={merchant} reload={() => void load()} leave={leave} />}
    </Frame>
  );
}

function Frame({ merchant, logo, name, nav, children }: {
  merchant: string;
  logo?: { url: string; width: number; height: number } | null | undefined;
  name?: string;
  nav?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <header className="head">
        {logo ? <img src={logo.url} width={(logo.width / logo.height) * 28} height={28} alt={merchant} /> : <span className="merchant">{merchant || t('title')}</span>}
        {name && <span className="name">{t('greeting', { name })}</span>}
      </header>
      <main id="main">{children}</main>
      {nav}
    </>
  );
}

function Nav({ open }: { open: Tab }) {
  return (
    <nav className="tabs" aria-label={t('nav.label')}>
      {tabs.map((tab) => (
        <a key={tab} href={`#${tab}`} aria-current={tab === open ? 'page' : undefined}>
          {icons[tab]}
          {t(`nav.${tab}`)}
        </a>
      ))}
    </nav>
  );
}

/** Without an answer: what is known from before, and a way to try again. */
function Unreached({ failure, again }: { failure: 'offline' | 'failed'; again: () => void }) {
  const kept = keptBalance();
  return (
    <>
      {kept && (
        <section className="panel">
          <h2>{t('balance.title')}</h2>
          <p className="amount">{points(kept.available)}</p>
          <p className="quiet">{t('balance.kept', { at: dateTime(kept.at) })}</p>
        </section>
      )}
      <Failed failure={failure} again={again} />
    </>
  );
}

function Skeleton() {
  return (
    <div aria-busy="true" aria-label={t('loading')} role="status">
      <div className="bone tall" />
      <div className="bone" />
      <div className="bone" />
    </div>
  );
}
