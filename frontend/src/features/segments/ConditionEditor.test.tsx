import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import { createInstance } from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { describe, expect, it, vi } from 'vitest';
import ui from '../../ui/locales/ja.json';
import { ConditionEditor } from './ConditionEditor';
import en from './locales/en.json';
import ja from './locales/ja.json';
import { RuleContext } from './RuleContext';
import { emptyCondition, emptyGroup, type Field } from './rule';

const words = {
  ja: { lastOrder: '最終購入日', before: '前よりも前', member: '会員', is: 'かどうか' },
  en: { lastOrder: 'Last order', before: 'is earlier than the last', member: 'Member', is: 'is' },
};

const fieldsIn = (language: 'ja' | 'en') => {
  const w = words[language];
  const common = { group: 'g', description: '', choices: [], events: [], perMall: false, period: false, perProduct: false, asOf: false, signed: false, decimals: 0, unit: '', unitOfOne: '' };
  return [
    { ...common, name: 'last_order', label: w.lastOrder, type: 'TIME', operators: [{ name: 'before_days', label: w.before, operand: 'DAYS' }] },
    { ...common, name: 'member', label: w.member, type: 'BOOLEAN', operators: [{ name: 'is', label: w.is, operand: 'ONE' }] },
  ] as unknown as Field[];
};

/** The row of a condition, its parts in the order in which they are read. */
async function rowOf(language: 'ja' | 'en', condition: { field: string; op: string; value: number | boolean }) {
  const i18n = createInstance();
  await i18n.use(initReactI18next).init({ lng: language, ns: ['segments', 'ui'], resources: { ja: { segments: ja, ui }, en: { segments: en, ui } } });
  const node = { ...emptyCondition(), ...condition };
  const root = { ...emptyGroup(), children: [node] };
  const fields = new Map(fieldsIn(language).map((field) => [field.name, field]));
  const { container } = render(
    <I18nextProvider i18n={i18n}>
      <MantineProvider>
        <RuleContext value={{ fields, wrong: new Map(), root, setRoot: vi.fn(), readOnly: false }}>
          <ConditionEditor node={node} />
        </RuleContext>
      </MantineProvider>
    </I18nextProvider>,
  );
  return [...container.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')]
    .filter((input) => input.type !== 'radio' || input.checked)
    .map((input) => (input.type === 'radio' ? input.parentElement?.querySelector('label')?.textContent : input.value));
}

describe('a row of the builder', () => {
  it.each([
    ['ja', { field: 'last_order', op: 'before_days', value: 30 }, ['最終購入日', '30日', '前よりも前']],
    ['en', { field: 'last_order', op: 'before_days', value: 30 }, ['Last order', 'is earlier than the last', '30 days']],
    ['ja', { field: 'member', op: 'is', value: true }, ['会員', '該当する']],
    ['ja', { field: 'member', op: 'is', value: false }, ['会員', '該当しない']],
    ['en', { field: 'member', op: 'is', value: true }, ['Member', 'Yes']],
  ] as const)('reads as a sentence in %s: %j', async (language, condition, parts) => {
    expect(await rowOf(language, condition)).toEqual(parts);
  });
});
