{{- define "aurum.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "aurum.labels" -}}
app.kubernetes.io/name: aurum
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* What selects the pods of one component: dict "root" $ "component" name. */}}
{{- define "aurum.selector" -}}
app.kubernetes.io/name: aurum
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "aurum.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "aurum.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Environment of a process: dict "root" $ "isOwner" bool. */}}
{{- define "aurum.environment" -}}
{{- range $name, $value := .root.Values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- if .root.Values.engines.enabled }}
# The one broker that comes with the chart.
- name: AURUM__Kafka__Replication
  value: "1"
{{- end }}
{{- $owner := .isOwner }}
{{- $secret := .root.Values.secret }}
{{- range $key := $secret.keys }}
- name: {{ $key }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.name }}
      key: {{ if and $owner (eq $key "AURUM_APP_DB_DSN") }}{{ $secret.ownerDsnKey }}{{ else }}{{ $key }}{{ end }}
{{- end }}
{{- end }}

{{/* The pod of a job that prepares something, up to its containers. */}}
{{- define "aurum.jobPod" -}}
restartPolicy: OnFailure
serviceAccountName: {{ .Values.serviceAccount.name }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
enableServiceLinks: false
securityContext:
  {{- include "aurum.podSecurity" . | nindent 2 }}
{{- end }}

{{/* A container that waits until each address takes connections: dict "root" $ "addresses" list. */}}
{{- define "aurum.waitContainer" -}}
- name: wait
  image: {{ include "aurum.image" .root }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  command:
    - bash
    - -c
    - |
      {{- include "aurum.wait" (dict "addresses" .addresses) | nindent 6 }}
  resources:
    requests: { cpu: 10m, memory: 16Mi }
    limits: { cpu: 100m, memory: 64Mi }
  securityContext:
    {{- include "aurum.containerSecurity" .root | nindent 4 }}
{{- end }}

{{/* A shell that waits until each address takes connections: dict "addresses" list. */}}
{{- define "aurum.wait" -}}
{{- range $address := .addresses }}
until (exec 3<>/dev/tcp/{{ $address | replace ":" "/" }}) 2>/dev/null; do echo "waiting for {{ $address }}"; sleep 2; done
{{- end }}
{{- end }}
