#!/usr/bin/env bash
# Packs the stand-in for librdkafka.redist into eng/nuget-feed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/{librdkafka.redist.nuspec,README.md,_._} "$work"
cat >"$work/pack.csproj" <<'X'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <IncludeBuildOutput>false</IncludeBuildOutput>
    <NoBuild>true</NoBuild>
    <NuspecFile>librdkafka.redist.nuspec</NuspecFile>
    <NoWarn>$(NoWarn);NU5128;NU5129</NoWarn>
  </PropertyGroup>
</Project>
X
dotnet pack "$work/pack.csproj" --nologo -v quiet -o "$here/../nuget-feed"
