"""An invented week at the front door, part by part."""
