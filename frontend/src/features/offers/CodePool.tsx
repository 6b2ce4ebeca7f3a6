import { OfferAddCodesDocument, type OfferFieldsFragment } from '#gql/offers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { FormErrors } from '#ui/FormErrors';
import { SmallFigure } from '#ui/Figure';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Button, FileButton, Group, SegmentedControl, Stack, Text, Textarea, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { MakeCodes } from './MakeCodes';

/** One code per line, comma or blank; doubles within the text count once. */
export const readCodes = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter((code) => code !== ''))];

const route = getRouteApi('/shell/offers');

/** The codes of an offer: how many there are, and more of them: taken in from the mall, or made here where the merchant says what they are. */
export function CodePool(props: { offer: OfferFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const mayWrite = useScope('offers:write');
  const { offer } = props;
  const figures = offer.codes;
  return (
    <section aria-labelledby="pool">
      <Stack gap="md">
        <Title order={2} id="pool">
          {t('pool.title')}
        </Title>
        {figures && figures.total > 0 && (
          <Group gap="xl">
            <SmallFigure label={t('pool.total')} value={format.number(figures.total)} />
            <SmallFigure label={t('pool.issued')} value={format.number(figures.issued)} />
            <SmallFigure label={t('pool.used')} value={format.number(figures.used)} />
            <SmallFigure label={t('pool.left')} value={format.number(figures.left)} />
          </Group>
        )}
        {figures?.total === 0 && <Text size="sm">{t('pool.none')}</Text>}
        {mayWrite && !offer.archivedAt && <More {...props} />}
      </Stack>
    </section>
  );
}

function More(props: { offer: OfferFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('offers');
  const { t: tUi } = useTranslation('ui');
  const [way, setWay] = useState<'take' | 'make'>(route.useSearch().need ? 'make' : 'take');
  const { offer, onChanged } = props;
  if (!offer.makesCodes) {
    return (
      <>
        <Text size="sm" c="dimmed">
          {t('pool.ofMall', { mall: tUi(`mall.${offer.mall}`) })}
        </Text>
        <TakeCodes offer={offer} onAdded={onChanged} />
      </>
    );
  }
  return (
    <>
      <SegmentedControl
        aria-label={t('pool.way')}
        value={way}
        onChange={(value) => setWay(value === 'make' ? 'make' : 'take')}
        data={(['take', 'make'] as const).map((value) => ({ value, label: t(`pool.${value}`) }))}
      />
      {way === 'make' ? <MakeCodes offer={offer} onMade={onChanged} /> : <TakeCodes offer={offer} onAdded={onChanged} />}
    </>
  );
}

function TakeCodes(props: { offer: OfferFieldsFragment; onAdded: () => void }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const [text, setText] = useState('');
  const [, addCodes] = useMutation(OfferAddCodesDocument);
  const { run, errors, busy } = useSubmit();
  const codes = readCodes(text);
  const add = async () => {
    const request = addCodes({ input: { offerId: props.offer.id, codes } });
    if (!(await run(request, (data) => data.addOfferCodes.userErrors))) return;
    const added = (await request).data?.addOfferCodes;
    setText('');
    toastDone(t('pool.added', { added: format.number(added?.added ?? 0), duplicates: format.number(added?.duplicates ?? 0) }));
    props.onAdded();
  };
  return (
    <>
      <FormErrors form="pool" errors={errors} namespace="offers" />
      <Textarea
        id="pool-codes"
        label={t('pool.paste')}
        description={t('pool.pasteHelp')}
        autosize
        minRows={4}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="xs">
        <FileButton accept=".csv,.txt" onChange={(file) => void file?.text().then(setText)}>
          {(button) => (
            <Button variant="default" {...button}>
              {t('pool.file')}
            </Button>
          )}
        </FileButton>
        <Button loading={busy} disabled={codes.length === 0} onClick={() => void add()}>
          {codes.length === 0 ? t('pool.addNone') : t('pool.add', { count: codes.length, shown: format.number(codes.length) })}
        </Button>
      </Group>
    </>
  );
}
