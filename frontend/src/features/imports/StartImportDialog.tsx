import { ImportInspectDocument, type ImportInspectQuery, ImportShopsDocument, ImportStartDocument } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { Dialog } from '#ui/Dialog';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import type { MallKind } from '#ui/MallDot';
import { isOwn } from '#ui/shop';
import { requestFailed, type UserError } from '#ui/userErrors';
import { Alert, Button, Group, Progress, Select, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { FilePreview } from './FilePreview';
import { NewMapping } from './NewMapping';
import { NewShop } from './NewShop';
import { Companion } from './Companion';
import { DemoEnds } from './DemoEnds';
import { Enrolling } from './Enrolling';
import { joinedColumnOf } from './mapping';
import { MendedFile } from './MendedFile';
import { type SentFile, uploadAll, UploadError, uploadReason } from './upload';
import { useFailureWords } from './useFailureWords';
import { useReasonWords } from './useReasonWords';
import classes from './ImportsPage.module.css';

/** The choice in the list of shops that opens the form for a new one. */
const newShop = 'new';
/** The choice in the list of mappings that opens the form for a new one; no name of a mapping begins with a space. */
const newMapping = ' new';

/** Whether a file may be of a shop on this mall: a site of one's own may run on Shopify, and orders.jsonl tells of shops of one's own. */
const mayBeOf = (file: ImportInspectQuery['inspectUpload'], shop: MallKind) =>
  file.format === 'ORDER_LINES' ? isOwn(shop) : !file.mall || file.mall === shop || (file.mall === 'SHOPIFY' && shop === 'OWN_SITE');

/** Uploads a file, shows what it turned out to be, asks for the shop it belongs to, and starts the import. */
export function StartImportDialog(props: {
  file: File;
  /** How many files wait behind this one. */
  waiting: number;
  onClose: () => void;
  /** `several`: it was one of the files of a zip. */
  onStarted: (id: string, several: boolean) => void;
}) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const sent = useUpload(props.file);
  const [at, setAt] = useState(0);
  const failureWords = useFailureWords();
  const inside = sent.files.length;
  const file = sent.files[at];
  const waiting = props.waiting + Math.max(inside - at - 1, 0);
  const failure = sent.failure ?? file?.error?.code;
  /** The next file of a zip; behind the last one, whatever comes next on the page. */
  const next = (begun?: string) => {
    if (at + 1 < inside) setAt(at + 1);
    else if (begun === undefined) props.onClose();
    else props.onStarted(begun, inside > 1);
  };

  return (
    <Dialog opened size="lg" onClose={() => next()} title={t('start.title')}>
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600}>{file?.name ?? props.file.name}</Text>
          <Text size="sm" c="dimmed" className={classes.size}>
            {format.bytes(file?.error === undefined ? (file?.size ?? props.file.size) : 0)}
          </Text>
        </Group>
        {inside > 1 && (
          <Text size="sm" c="dimmed">
            {t('start.inside', { file: props.file.name, at: at + 1, count: inside })}
          </Text>
        )}
        {waiting > 0 && (
          <Text size="sm" c="dimmed">
            {t('start.waiting', { count: waiting })}
          </Text>
        )}
        {failure !== undefined && (
          <Alert color="red" role="alert" title={t('start.uploadFailed')}>
            {failureWords(failure) ?? t(uploadReason(failure))}
          </Alert>
        )}
        {failure !== undefined && at + 1 < inside && (
          <Group justify="flex-end">
            <Button onClick={() => next()}>{t('start.nextFile')}</Button>
          </Group>
        )}
        {file === undefined && failure === undefined && <Progress value={sent.share * 100} aria-label={t('start.uploading')} />}
        {file?.uploadId !== undefined && <Settings key={file.uploadId} uploadId={file.uploadId} onClose={() => next()} onStarted={next} />}
      </Stack>
    </Dialog>
  );
}

function useUpload(file: File) {
  const [share, setShare] = useState(0);
  const [files, setFiles] = useState<SentFile[]>([]);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    const abort = new AbortController();
    uploadAll(file, setShare, abort.signal).then(setFiles, (cause: unknown) => {
      if (!abort.signal.aborted) setFailure(cause instanceof UploadError ? cause.code : 'OTHER');
    });
    return () => abort.abort();
  }, [file]);
  return { share, files, failure };
}

function Settings(props: { uploadId: string; onClose: () => void; onStarted: (id: string) => void }) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const [inspected, reinspect] = useQuery({ query: ImportInspectDocument, variables: { uploadId: props.uploadId } });
  const [shops, reloadShops] = useQuery({ query: ImportShopsDocument });
  const [{ fetching }, start] = useMutation(ImportStartDocument);
  const [shop, setShop] = useState<string | null>(null);
  const [mapping, setMapping] = useState<string | null>(null);
  const [companion, setCompanion] = useState<string>();
  const [wording, setWording] = useState('');
  const [enroll, setEnroll] = useState(true);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const failureWords = useFailureWords();
  const reasonWords = useReasonWords();

  const found = inspected.data?.inspectUpload;
  const needsMapping = found !== undefined && found.format == null;
  const mappings = found?.fittingMappings ?? [];
  const chosenMapping = needsMapping ? (mapping ?? mappings[0]?.name ?? newMapping) : null;
  const customers = found?.format === 'SHOPIFY_CUSTOMERS' || found?.format === 'CUSTOMERS_CSV' || mappings.some((m) => m.name === chosenMapping && m.kind === 'CUSTOMERS');
  const joinedColumn = found?.joinedColumn ?? joinedColumnOf(mappings.find((m) => m.name === chosenMapping)?.definition, found?.header ?? []);
  const candidates = (shops.data?.shops ?? []).filter((s) => !found || mayBeOf(found, s.mall));
  const [only] = candidates;
  // A mall without a shop leaves one choice: to add it.
  const noShop = found !== undefined && found.mall != null && shops.data !== undefined && candidates.length === 0;
  const chosenShop = shop ?? (noShop ? newShop : found && candidates.length === 1 && only ? only.id : null);

  const lacking = chosenMapping === newMapping ? 'mapping' : chosenShop === newShop ? 'newShop' : chosenShop === null ? 'shop' : undefined;

  const begin = async () => {
    if (chosenShop === null) return;
    const { data, error } = await start({
      input: {
        uploadId: props.uploadId,
        shopId: chosenShop,
        mapping: chosenMapping,
        companionUploadId: companion ?? null,
        consentWording: customers && wording.trim() !== '' ? wording.trim() : null,
        enroll: customers && joinedColumn !== undefined ? enroll : null,
      },
    });
    if (data?.startImport.import) props.onStarted(data.startImport.import.id);
    else setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (data?.startImport.userErrors ?? []));
  };

  if (inspected.error) {
    const [refused] = inspected.error.graphQLErrors;
    const { line, reason, columns } = (refused?.extensions.params ?? {}) as { line?: number; reason?: string; columns?: string[] };
    const detail = line && reason ? t('failureAt', { line, reason: reasonWords({ code: reason, detail: '' }) }) : columns && format.list(columns);
    return (
      <Alert color="red" role="alert" title={t('start.unreadable')}>
        {failureWords(refused?.extensions.code, detail) ?? refused?.message ?? tUi(failureKey(inspected.error))}
      </Alert>
    );
  }
  if (found?.mends) return <MendedFile uploadId={props.uploadId} mends={found.mends} onClose={props.onClose} onStarted={props.onStarted} />;
  return (
    <>
      <FormErrors form="import" errors={errors} namespace="imports" />
      {found && <FilePreview found={found} mapped={chosenMapping !== null && chosenMapping !== newMapping} />}
      {needsMapping && mappings.length > 0 && (
        <Select
          id="import-mapping"
          label={t('start.mapping')}
          description={t('start.mappingHelp')}
          data={[
            ...mappings.map((m) => ({ value: m.name, label: m.kind === 'CUSTOMERS' ? t('start.customersMapping', { name: m.name }) : m.name })),
            { value: newMapping, label: t('start.newMapping') },
          ]}
          value={chosenMapping}
          onChange={setMapping}
        />
      )}
      {needsMapping && chosenMapping === newMapping && (
        <NewMapping
          header={found.header}
          sample={found.sample}
          onSaved={(name) => {
            reinspect({ requestPolicy: 'network-only' });
            setMapping(name);
          }}
        />
      )}
      <Select
        id="import-shopId"
        label={t('start.shop')}
        description={t('start.shopHelp')}
        placeholder={t('start.shopPlaceholder')}
        data={[
          ...candidates.map((s) => ({ value: s.id, label: t('start.shopOf', { shop: s.name, mall: tUi(`mall.${s.mall}`) }) })),
          { value: newShop, label: t('start.newShop') },
        ]}
        value={chosenShop}
        onChange={setShop}
      />
      {noShop && found.mall && (
        <Alert color="blue" title={t('start.noShop', { mall: tUi(`mall.${found.mall}`) })}>
          {t('start.noShopBody')}
        </Alert>
      )}
      {chosenShop === newShop && (
        <NewShop
          mall={found?.mall ?? undefined}
          taken={(shops.data?.shops ?? []).map((s) => s.code)}
          onCreated={(id) => {
            reloadShops({ requestPolicy: 'network-only' });
            setShop(id);
          }}
        />
      )}
      {found?.companion && <Companion wanted={found.companion} onUploaded={setCompanion} />}
      {found?.format === 'SUPPRESSIONS_CSV' && <Text size="sm">{t('start.suppressions')}</Text>}
      {customers && <Enrolling column={joinedColumn} enroll={enroll} onChange={setEnroll} />}
      {customers && (
        <Textarea
          id="import-consentWording"
          label={t('start.wording')}
          description={t('start.wordingHelp')}
          placeholder={t('start.wordingPlaceholder')}
          autosize
          minRows={2}
          value={wording}
          onChange={(event) => setWording(event.currentTarget.value)}
        />
      )}
      <DemoEnds />
      <Group justify="flex-end" gap="xs">
        {found && lacking && (
          <Text size="sm" c="dimmed" flex="1 1 13rem">
            {t(`start.lacking.${lacking}`)}
          </Text>
        )}
        <Button variant="default" onClick={props.onClose}>
          {t('start.cancel')}
        </Button>
        <Button
          loading={fetching}
          disabled={!found || lacking !== undefined}
          onClick={() => void begin()}
        >
          {t('start.begin')}
        </Button>
      </Group>
    </>
  );
}
