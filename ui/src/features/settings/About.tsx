import { useEffect, useState } from "react";
import { type AboutView, asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { SimGateway } from "./SimGateway";

export function About() {
  const backend = useBackend();
  const [about, setAbout] = useState<AboutView | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    backend.about().then(setAbout, (thrown: unknown) => setError(asBackendError(thrown).message));
  }, [backend]);
  if (error) return <Face kind="broken" title="Gatehouse can't say about itself.">{error}</Face>;
  if (!about) return <Face kind="loading" title="Asking for version and folder." />;
  return (
    <>
      {about.demo && <SimGateway />}
      <section aria-labelledby="settings-about">
        <h2 id="settings-about">About</h2>
        <dl className="facts">
          <dt>Gatehouse</dt>
          <dd data-testid="about-version">{about.version}</dd>
          <dt>Data folder</dt>
          <dd>
            <code className="selectable" data-testid="about-data-dir">{about.dataDir}</code>
          </dd>
          <dt>Gateway</dt>
          <dd data-testid="about-address">
            {about.address}, client id {about.clientId}
          </dd>
        </dl>
        <p className="hint block">Not affiliated with Interactive Brokers. MIT OR Apache-2.0.</p>
      </section>
    </>
  );
}
