import { type BrandPageQuery, BrandSaveDocument } from '#gql/brand/graphql';
import { freshToken } from '#lib/session';
import { useScope } from '#lib/viewer';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconPhotoUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './brand.module.css';

type Picture = NonNullable<BrandPageQuery['brandSettings']['logo']>;

/** The merchant's logo: shown, chosen, replaced, removed. */
export function Logo(props: { logo: Picture | undefined; onChanged: () => void }) {
  const { t } = useTranslation('brand');
  const mayWrite = useScope('settings:write');
  const write = useErrorText('brand');
  const [sending, setSending] = useState(false);
  const [{ fetching }, save] = useMutation(BrandSaveDocument);
  const { logo } = props;

  const send = async (file: File) => {
    setSending(true);
    const code = await upload(file);
    setSending(false);
    if (code) {
      toastFailed(t('logo.failed'), write({ code, field: ['logo'], message: code, params: null }));
      return;
    }
    toastDone(t('logo.saved'));
    props.onChanged();
  };
  const remove = async () => {
    const { data } = await save({ input: { removeLogo: true } });
    if (data?.updateBrandSettings.settings) toastDone(t('logo.removed'));
    props.onChanged();
  };

  return (
    <Stack gap="sm">
      {logo ? (
        <figure className={classes.logo}>
          <img src={logo.url} alt={t('logo.alt')} width={logo.width} height={logo.height} />
          <Text component="figcaption" size="xs" c="dimmed">
            {t('logo.size', { width: logo.width, height: logo.height })}
          </Text>
        </figure>
      ) : (
        <Text size="sm" c="dimmed">
          {t('logo.none')}
        </Text>
      )}
      {mayWrite && (
        <>
          <Text size="xs" c="dimmed">
            {t('logo.help')}
          </Text>
          <Group gap="xs">
            <FileButton accept="image/png,image/jpeg" onChange={(file) => file && void send(file)}>
              {(open) => (
                <Button {...open} variant="default" loading={sending} leftSection={<IconPhotoUp size="1rem" aria-hidden />}>
                  {t(logo ? 'logo.replace' : 'logo.upload')}
                </Button>
              )}
            </FileButton>
            {logo && (
              <Button variant="subtle" color="red" loading={fetching} onClick={() => void remove()}>
                {t('logo.remove')}
              </Button>
            )}
          </Group>
        </>
      )}
    </Stack>
  );
}

/** Sends the file; answers the code of what was wrong with it, or nothing. */
async function upload(file: File): Promise<string | undefined> {
  const token = await freshToken();
  try {
    const answer = await fetch('/uploads/logo', {
      method: 'POST',
      body: file,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    if (answer.ok) return undefined;
    const said = (await answer.json()) as { error?: { code?: string } };
    return said.error?.code ?? 'UNAVAILABLE';
  } catch {
    return 'UNAVAILABLE';
  }
}
