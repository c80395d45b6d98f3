interface Props {
  readonly program: "tws" | "gateway";
}

interface Line {
  readonly id: string;
  readonly kind: "ticked" | "unticked" | "field";
  readonly label: string;
  readonly value?: string;
  readonly does: string;
  readonly twsOnly?: boolean;
}

const LINES: readonly Line[] = [
  { id: "enable", kind: "ticked", label: "Enable ActiveX and Socket Clients", does: "Tick it. Without it nothing can connect.", twsOnly: true },
  { id: "readOnly", kind: "unticked", label: "Read-Only API", does: "Ticked: Gatehouse only shows. Untick it to place orders from here." },
  { id: "port", kind: "field", label: "Socket port", does: "The port that the next page asks for. Any free one will do." },
  { id: "local", kind: "ticked", label: "Allow connections from localhost only", does: "Tick it: only this computer gets in." },
  { id: "master", kind: "field", label: "Master API client ID", value: "", does: "Leave it empty. The program with this id sees the orders of all others." },
  { id: "trusted", kind: "field", label: "Trusted IPs", value: "127.0.0.1", does: "127.0.0.1 and nothing else. Never 0.0.0.0/0." },
];

const MENUS = {
  tws: { title: "Trader Workstation Configuration", path: ["File", "Global Configuration…", "API", "Settings"], port: "7497" },
  gateway: { title: "IB Gateway Configuration", path: ["Configure", "Settings", "API", "Settings"], port: "4002" },
} as const;

/** The settings page of the program as a drawing, with what to set beside it. */
export function ApiPicture({ program }: Props) {
  const { title, path, port } = MENUS[program];
  const lines = LINES.filter(({ twsOnly }) => program === "tws" || !twsOnly);
  return (
    <div className="api-picture" data-testid={`wizard-picture-${program}`}>
      <p>
        Open <strong>{path.join(" → ")}</strong> and set:
      </p>
      <div className="api-panes">
        <div className="api-window" aria-hidden="true">
          <div className="api-title">{title}</div>
          <div className="api-inner">
            <div className="api-tree">
              <span>{program === "tws" ? "General" : "Lock and Exit"}</span>
              <span>▾ API</span>
              <span className="api-here">Settings</span>
              <span className="api-child">Precautions</span>
            </div>
            <div className="api-lines">
              {lines.map((line, i) => (
                <div key={line.id} className="api-line">
                  <span className="api-mark">{i + 1}</span>
                  {line.kind === "field" ? (
                    <>
                      <span>{line.label}</span>
                      <span className="api-field">{line.id === "port" ? port : line.value}</span>
                    </>
                  ) : (
                    <>
                      <span className={`api-box api-${line.kind}`} />
                      <span>{line.label}</span>
                    </>
                  )}
                </div>
              ))}
              <div className="api-buttons">
                <span>OK</span>
                <span>Apply</span>
                <span>Cancel</span>
              </div>
            </div>
          </div>
        </div>
        <ol className="api-says">
          {lines.map((line) => (
            <li key={line.id}>
              <strong>{line.label}</strong>
              {line.id === "port" ? `, as installed ${port} for paper.` : "."} {line.does}
            </li>
          ))}
          <li>
            Then <strong>Apply</strong> and <strong>OK</strong>.
          </li>
        </ol>
      </div>
    </div>
  );
}
