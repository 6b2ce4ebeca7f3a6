import { OfferAddCodesDocument, type OfferFieldsFragment } from '#gql/offers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { SmallFigure } from '#ui/Figure';
import { toastDone } from '#ui/toast';
import { requestFailed, type UserError } from '#ui/userErrors';
import { Button, FileButton, Group, Stack, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** One code per line, comma or blank; doubles within the text count once. */
export const readCodes = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter((code) => code !== ''))];

/** The codes of an offer: how many there are, and more of them by pasting or from a file. */
export function CodePool(props: { offer: OfferFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('offers');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const mayWrite = useScope('offers:write');
  const [text, setText] = useState('');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [{ fetching }, addCodes] = useMutation(OfferAddCodesDocument);
  const codes = readCodes(text);
  const figures = props.offer.codes;

  const add = async () => {
    const { data, error } = await addCodes({ input: { offerId: props.offer.id, codes } });
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (data?.addOfferCodes.userErrors ?? []);
    setErrors(found);
    if (found.length > 0) return;
    setText('');
    toastDone(
      t('pool.added', {
        added: format.number(data?.addOfferCodes.added ?? 0),
        duplicates: format.number(data?.addOfferCodes.duplicates ?? 0),
      }),
    );
    props.onChanged();
  };

  return (
    <section>
      <Stack gap="md">
        <Title order={2}>{t('pool.title')}</Title>
        {figures && (
          <Group gap="xl">
            <SmallFigure label={t('pool.total')} value={format.number(figures.total)} />
            <SmallFigure label={t('pool.issued')} value={format.number(figures.issued)} />
            <SmallFigure label={t('pool.used')} value={format.number(figures.used)} />
            <SmallFigure label={t('pool.left')} value={format.number(figures.left)} />
          </Group>
        )}
        {mayWrite && !props.offer.archivedAt && (
          <>
            <FormErrors form="pool" errors={errors} namespace="offers" />
            <Textarea
              id="pool-codes"
              label={t('pool.paste')}
              description={t('pool.pasteHelp')}
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
              <Button loading={fetching} disabled={codes.length === 0} onClick={() => void add()}>
                {t('pool.add', { count: codes.length, shown: format.number(codes.length) })}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </section>
  );
}
