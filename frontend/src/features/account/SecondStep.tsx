import { AccountStopTotpDocument } from '#gql/account/graphql';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { toastDone } from '#ui/toast';
import { EnrolDialog } from './EnrolDialog';
import { ProveDialog } from './ProveDialog';

/** Recovery codes that are so few are worth a word. */
const few = 3;

/** Whether signing in asks for a code, and the way to switch that. */
export function SecondStep(props: { on: boolean; codesLeft: number; onDone: () => void }) {
  const { t } = useTranslation('account');
  const [open, setOpen] = useState<'enrol' | 'stop'>();
  const [, stop] = useMutation(AccountStopTotpDocument);
  const close = () => setOpen(undefined);
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Badge color={props.on ? 'green' : 'gray'}>{t(props.on ? 'second.on' : 'second.off')}</Badge>
        {props.on && (
          <Text size="sm" c={props.codesLeft <= few ? undefined : 'dimmed'}>
            {t(props.codesLeft <= few ? 'second.fewCodes' : 'second.codesLeft', { count: props.codesLeft })}
          </Text>
        )}
      </Group>
      <div>
        <Button variant="default" onClick={() => setOpen(props.on ? 'stop' : 'enrol')}>
          {t(props.on ? 'second.stop' : 'second.start')}
        </Button>
      </div>
      {open === 'enrol' && (
        <EnrolDialog
          onClose={() => {
            close();
            props.onDone();
          }}
        />
      )}
      {open === 'stop' && (
        <ProveDialog
          title={t('second.stopTitle')}
          body={t('second.stopBody')}
          confirm={t('second.stop')}
          danger
          prove={async (password, run) => {
            if (!(await run(stop({ input: { password } }), (data) => data.stopTotp.userErrors))) return;
            close();
            toastDone(t('second.stopped'));
            props.onDone();
          }}
          onClose={close}
        />
      )}
    </Stack>
  );
}
