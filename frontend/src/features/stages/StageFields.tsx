import { ActionIcon, NumberInput, Switch, Text, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { amounts, type StageDraft, type Typed } from './draft';
import classes from './stages.module.css';

const kept = { spend: 'keepSpend', orders: 'keepOrders', points: 'keepPoints' } as const;

/** What one stage asks for, what keeps it, and what it brings. */
export function StageFields(props: {
  stage: StageDraft;
  index: number;
  /** The window is counted in months, which each stage may have its own. */
  months: boolean;
  readOnly: boolean;
  errorAt: (field: string) => string | undefined;
  onChange: (next: Partial<StageDraft>) => void;
  onRemove: (() => void) | undefined;
}) {
  const { t } = useTranslation('stages');
  const { stage, index, readOnly, errorAt, onChange } = props;
  const lowest = index === 0;
  const asksNothing = amounts.every((key) => !Number(stage[key]));
  const named = stage.name || t('stage.unnamed');

  return (
    <li className={classes.stage} aria-label={named}>
      <div className={classes.head}>
        <TextInput
          id={`ladder-stages.${index}.name`}
          className={classes.name}
          label={t('stage.name')}
          value={stage.name}
          readOnly={readOnly}
          error={errorAt('name')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        {props.onRemove && !readOnly && (
          <Tooltip label={t('stage.remove', { name: named })}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('stage.remove', { name: named })}
              onClick={props.onRemove}
            >
              <IconTrash size="1.125rem" aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div className={classes.fields}>
        {!lowest &&
          amounts.map((key) => (
            <Amount
              key={key}
              id={`ladder-stages.${index}.${key}`}
              label={t(`stage.${key}`)}
              suffix={t(`unit.${key}`)}
              placeholder={t('stage.notAsked')}
              value={stage[key]}
              readOnly={readOnly}
              error={errorAt(key)}
              onChange={(value) => onChange({ [key]: value })}
            />
          ))}
        {!lowest && props.months && (
          <Amount
            id={`ladder-stages.${index}.windowMonths`}
            label={t('stage.months')}
            suffix={t('unit.months')}
            value={stage.windowMonths}
            readOnly={readOnly}
            error={errorAt('windowMonths')}
            onChange={(windowMonths) => onChange({ windowMonths })}
          />
        )}
        <NumberInput
          id={`ladder-stages.${index}.pointMultiplier`}
          label={t('stage.multiplier')}
          suffix={t('unit.times')}
          min={0}
          max={100}
          step={0.25}
          decimalScale={4}
          value={stage.multiplier}
          readOnly={readOnly}
          error={errorAt('pointMultiplier')}
          onChange={(multiplier) => onChange({ multiplier })}
        />
      </div>
      <Textarea
        id={`ladder-stages.${index}.benefits`}
        className={classes.benefits}
        label={t('stage.benefits')}
        description={t('stage.benefitsHelp')}
        autosize
        minRows={1}
        maxRows={10}
        value={stage.benefits}
        readOnly={readOnly}
        error={errorAt('benefits')}
        onChange={(event) => onChange({ benefits: event.currentTarget.value })}
      />
      {lowest ? (
        <Text size="xs" c="dimmed">
          {t('stage.lowest')}
        </Text>
      ) : asksNothing ? (
        <Text size="xs" c="dimmed">
          {t('stage.byHandOnly')}
        </Text>
      ) : (
        <Keep {...props} />
      )}
    </li>
  );
}

/** Less than reaches a stage may be enough to keep it. */
function Keep(props: Parameters<typeof StageFields>[0]) {
  const { t } = useTranslation('stages');
  const { stage, index, readOnly, errorAt, onChange } = props;
  return (
    <>
      <Switch
        size="xs"
        label={t('stage.easier')}
        checked={stage.easier}
        disabled={readOnly}
        onChange={(event) =>
          onChange({
            easier: event.currentTarget.checked,
            keepSpend: stage.spend,
            keepOrders: stage.orders,
            keepPoints: stage.points,
          })
        }
      />
      {stage.easier && (
        <div className={classes.fields}>
          {amounts
            .filter((key) => Number(stage[key]) > 0)
            .map((key) => (
              <Amount
                key={key}
                id={`ladder-stages.${index}.${kept[key]}`}
                label={t(`stage.keep.${key}`)}
                suffix={t(`unit.${key}`)}
                value={stage[kept[key]]}
                readOnly={readOnly}
                error={errorAt(kept[key])}
                onChange={(value) => onChange({ [kept[key]]: value })}
              />
            ))}
        </div>
      )}
    </>
  );
}

function Amount(props: {
  id: string;
  label: string;
  suffix: string;
  placeholder?: string;
  value: Typed;
  readOnly: boolean;
  error: string | undefined;
  onChange: (value: Typed) => void;
}) {
  return <NumberInput {...props} min={0} allowDecimal={false} thousandSeparator="," hideControls />;
}
