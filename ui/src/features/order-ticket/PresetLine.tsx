import type { OrderCatalogue } from "../../backend/backend";
import { type KeptPreset, keyOf, type Preset, purposeWords } from "./presets";

interface Props {
  readonly kept: KeptPreset;
  readonly catalogue: OrderCatalogue | null;
  readonly onUse: () => void;
  readonly onRemove: () => void;
}

export function PresetLine({ kept, catalogue, onUse, onRemove }: Props) {
  const title = purposeWords(kept.on);
  const id = keyOf(kept.on).replaceAll(" ", "-");
  return (
    <li className="preset" data-testid={`preset-${id}`}>
      <span>
        <strong>{title}</strong>
        <span className="hint block">{presetWords(kept.preset, catalogue)}</span>
      </span>
      <button type="button" className="small" aria-label={`Use the preset ${title}`} onClick={onUse} data-testid={`preset-${id}-use`}>
        Use
      </button>
      <button type="button" className="small quiet" aria-label={`Remove the preset ${title}`} onClick={onRemove} data-testid={`preset-${id}-remove`}>
        Remove
      </button>
    </li>
  );
}

function presetWords({ quantity, orderType, tif, exits }: Preset, catalogue: OrderCatalogue | null): string {
  const type = catalogue?.orderTypes.find((view) => view.orderType === orderType)?.name ?? orderType;
  const stands = catalogue?.tifs.find((view) => view.tif === tif)?.words ?? tif;
  return [quantity === "" ? null : quantity, type, stands, exits && "with a bracket"].filter(Boolean).join(" · ");
}
