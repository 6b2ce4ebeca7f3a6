import { CampaignMakeSegmentDocument } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { readyNames, readySegments } from './readySegments';

const mark = 'ready:';

/** The merchant's segments and, below them, those that are made when they are chosen: what is not there yet by its name. */
export function useReadySegments(
  segments: readonly { id: string; name: string }[],
  onChoose: (segmentId: string | null) => void,
) {
  const { t } = useTranslation('campaigns');
  const write = useErrorText('segments');
  const mayMake = useScope('segments:write');
  const [, make] = useMutation(CampaignMakeSegmentDocument);
  const own = segments.map(({ id, name }) => ({ value: id, label: name }));
  const taken = new Set(segments.map(({ name }) => name));
  const offered = readyNames
    .map((name) => ({ value: `${mark}${name}`, label: t(`ready.${name}`) }))
    .filter(({ label }) => mayMake && !taken.has(label));
  const options = [
    ...(own.length > 0 ? [{ group: t('ready.own'), items: own }] : []),
    ...(offered.length > 0 ? [{ group: t('ready.title'), items: offered }] : []),
  ];
  const choose = async (chosen: string | null) => {
    const name = readyNames.find((one) => chosen === `${mark}${one}`);
    if (!name) return onChoose(chosen);
    const { data } = await make({ input: { name: t(`ready.${name}`), description: '', rule: readySegments[name] } });
    const segment = data?.createSegment.segment;
    if (segment) return onChoose(segment.id);
    const [first] = data?.createSegment.userErrors ?? [];
    toastFailed(t('actionFailed'), first ? write(first) : t('tryAgain'));
  };
  return { options, choose };
}
