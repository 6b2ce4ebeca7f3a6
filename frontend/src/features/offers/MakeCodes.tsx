import { OfferMakeCodesDocument, type OfferFieldsFragment } from '#gql/offers/graphql';
import { downloadCsv } from '#lib/csv';
import { useFormat } from '#lib/FormatContext';
import { FormErrors } from '#ui/FormErrors';
import { useSubmit } from '#ui/useSubmit';
import { useFieldErrors } from '#ui/userErrors';
import { Alert, Button, Group, NumberInput, TextInput } from '@mantine/core';
import { IconCheck, IconDownload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

const route = getRouteApi('/shell/offers');

const most = 10_000;
/** How many are proposed where no campaign says how many it lacks. */
const usual = 100;

/** Codes drawn by chance. They are handed over as a file at once, because the shop's own system has to know them, too. */
export function MakeCodes(props: { offer: OfferFieldsFragment; onMade: () => void }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const { offer } = props;
  const { need } = route.useSearch();
  const [count, setCount] = useState<number | string>(Math.min(need ?? usual, most));
  const [prefix, setPrefix] = useState('');
  const [made, setMade] = useState<readonly string[]>([]);
  const [, makeCodes] = useMutation(OfferMakeCodesDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'offers');
  const save = (codes: readonly string[]) => downloadCsv(t('pool.fileName', { name: offer.name }), codes.map((code) => [code]));
  const make = async () => {
    const request = makeCodes({ input: { offerId: offer.id, count: Number(count), prefix } });
    if (!(await run(request, (data) => data.makeOfferCodes.userErrors))) return;
    const codes = (await request).data?.makeOfferCodes.codes ?? [];
    setMade(codes);
    save(codes);
    props.onMade();
  };
  return (
    <>
      <FormErrors form="make" errors={errors} namespace="offers" />
      <Group grow align="flex-start">
        <NumberInput
          id="make-count"
          label={t('pool.count')}
          description={need ? t('pool.countNeeded', { count: need, shown: format.number(need) }) : t('pool.countHelp')}
          min={1}
          max={most}
          allowDecimal={false}
          thousandSeparator=","
          error={errorAt('count')}
          value={count}
          onChange={setCount}
        />
        <TextInput
          id="make-prefix"
          label={t('pool.prefix')}
          description={t('pool.prefixHelp')}
          maxLength={16}
          error={errorAt('prefix')}
          value={prefix}
          onChange={(event) => setPrefix(event.currentTarget.value)}
        />
      </Group>
      {made.length > 0 && (
        <Alert
          color="green"
          role="status"
          icon={<IconCheck aria-hidden />}
          title={t('pool.made', { count: made.length, shown: format.number(made.length) })}
        >
          {t('pool.madeBody')}
          <Group mt="xs">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size="1rem" aria-hidden />}
              onClick={() => save(made)}
            >
              {t('pool.again')}
            </Button>
          </Group>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button loading={busy} disabled={!Number(count)} onClick={() => void make()}>
          {t('pool.makeNow', { count: Number(count), shown: format.number(Number(count)) })}
        </Button>
      </Group>
    </>
  );
}
